# hadolint reports DL3006 at line 4: whatever the architecture, this is one of the stages above.
FROM alpine:3.23 AS base-amd64
FROM alpine:3.23 AS base-arm64
FROM base-$TARGETARCH
USER 1000

# hadolint reports DL3029 at line 2: the architecture is a variable of the build.
FROM --platform=linux/$TARGETARCH alpine:3.23
USER 1000

# hadolint misses DL3002 at line 4: the variable says root.
FROM alpine:3.23
ARG RUNNER=root
USER ${RUNNER}

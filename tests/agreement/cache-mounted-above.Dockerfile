# hadolint reports DL3019 at line 3: the cache lies in a folder that is mounted.
FROM alpine:3.23
RUN --mount=type=cache,target=/var/cache apk add make=4.4.1-r3
USER 1000

# hadolint misses DL3007 at line 3: unless somebody says otherwise, the tag is `latest`.
ARG TAG=latest
FROM alpine:${TAG}
USER 1000

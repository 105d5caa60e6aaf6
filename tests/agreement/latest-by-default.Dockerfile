# hadolint misses DL3007 at line 4: unless somebody says otherwise, the tag is `latest`.
ARG IMAGE=alpine
ARG TAG="latest"
FROM ${IMAGE}:${TAG}
USER 1000

# hadolint misses DL3002 at line 3: the blank after it is not part of the name.
FROM alpine:3.23
USER root 
ENTRYPOINT ["/app"]

# hadolint misses DL3002 at line 3: quotes do not make root another user.
FROM alpine:3.23
USER "root"
ENTRYPOINT ["/app"]

FROM alpine:3.23
LABEL one=1 two="2 2" "three key"='3' \
      org.opencontainers.image.source=https://example.com/x
LABEL legacy the rest is one value
LABEL multi="first \
second"
LABEL nothing
LABEL =x
LABEL a=1 stray

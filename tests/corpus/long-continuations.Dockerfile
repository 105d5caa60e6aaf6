FROM alpine:3.23
RUN \
    \
    apk add --no-cache \
\
# unindented comment

      curl \

      git \
    # last comment

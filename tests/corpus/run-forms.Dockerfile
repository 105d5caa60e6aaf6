FROM debian:trixie-slim
RUN echo shell form
RUN ["echo", "exec", "form"]
RUN set -eux; \
    for f in a b; do echo "$f"; done; \
    if [ -f /x ]; then cat /x; fi
RUN [ -f /x ] && echo test
RUN echo $(date +%s) `hostname` ${HOME:-/root} && \
    (cd /tmp; pwd) | tee /out 2>&1
RUN --mount=type=cache,target=/var/cache/apt apt-get update

FROM alpine:3.23
RUN <<EOF
echo this never ends
USER nobody

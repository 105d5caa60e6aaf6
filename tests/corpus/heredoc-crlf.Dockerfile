FROM alpine:3.23
RUN <<EOF
echo one
EOF
COPY <<A /a
text
A

# syntax=docker/dockerfile:1
FROM golang:1.26 AS build
FROM alpine:3.23
COPY --from=build /go/bin/app /usr/local/bin/
COPY --from=0 /go/bin/other /usr/local/bin/
COPY --from=busybox:1.37 /bin/busybox /bin/
COPY --link --chown=app:app --chmod=u=rwX,go=rX src/ /app/src/
COPY --parents --exclude=**/*.test.js packages/*/package.json /app/
COPY ["a b.txt", "c.txt", "/with blanks/"]
COPY a.txt \
     b.txt \
     # the last one
     c.txt /dest/
COPY <<one <<"two" plain.txt /files/
$EXPANDED
one
$LITERAL
two
COPY a$X ${Y:-b} "/not one/word"

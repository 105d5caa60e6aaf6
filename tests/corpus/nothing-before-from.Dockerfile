# A comment and a blank line may stand here.

ARG VERSION=3.23
RUN echo too early
LABEL a=b
FROM alpine:${VERSION}

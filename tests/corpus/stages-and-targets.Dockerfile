FROM alpine:3.23 AS Base
RUN apk add --no-cache tini
FROM base AS dev
RUN apk add git
FROM base AS test
RUN apk add git make
FROM base AS unused
RUN echo never
FROM base
COPY --from=test /report /report
COPY --from=0 /etc/os-release /os
USER 65534
ENTRYPOINT ["tini", "--", "cat", "/report"]

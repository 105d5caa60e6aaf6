FORM alpine:3.23
FROM alpine:3.23 AS 1st
COPY only-one
EXPOSE http
HEALTHCHECK --interval=5 CMD true
COPY --form=x a b
RUN --mount=type=cash,target=/x true
ENV ONLY
CMD [1, 2]

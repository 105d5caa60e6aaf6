# hadolint reports DL3002 at line 3: nothing runs as the user of a stage that is only copied from.
FROM golang:1.26 AS build
USER root
RUN go build -o /app .

FROM alpine:3.23
COPY --from=build /app /app
USER 1000
ENTRYPOINT ["/app"]

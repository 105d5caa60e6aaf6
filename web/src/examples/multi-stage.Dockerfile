# syntax=docker/dockerfile:1

FROM golang:1.26.1-alpine3.23 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY cmd ./cmd
COPY internal ./internal
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /ferry ./cmd/ferry

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /ferry /ferry
EXPOSE 8080
ENTRYPOINT ["/ferry"]

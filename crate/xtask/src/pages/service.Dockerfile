# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM golang:1.25 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /ledger ./cmd/ledger

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /ledger /usr/bin/ledger
VOLUME /var/lib/ledger
EXPOSE 8080
CMD ["/usr/bin/ledger", "--data=/var/lib/ledger"]

# syntax=docker/dockerfile:1
FROM rust:1.98 AS build
WORKDIR /src
COPY . .
# The cache is in no layer, so the program is moved out of it.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked \
    && mv target/release/app /app

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /app /app
EXPOSE 8080
ENTRYPOINT ["/app"]

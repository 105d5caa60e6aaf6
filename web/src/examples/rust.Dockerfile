# syntax=docker/dockerfile:1
FROM rust:1.91 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:bookworm
RUN apt-get update && apt-get install -y ca-certificates libssl3
COPY --from=build /src/target/release/lighthouse /usr/local/bin/
COPY --from=build /src /src
CMD ["lighthouse"]

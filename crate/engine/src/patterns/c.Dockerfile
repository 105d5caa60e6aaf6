FROM debian:13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc=4:* libc6-dev=2.* make=4.* \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make && make install PREFIX=/usr/local DESTDIR=/out

# The same base, so that the C library fits.
FROM debian:13-slim
COPY --from=build /out/ /
USER 65534
ENTRYPOINT ["app"]

FROM debian:13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends cmake=3.* g++=4:* make=4.* \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cmake -B build -DCMAKE_BUILD_TYPE=Release \
    && cmake --build build -j4 \
    && cmake --install build --strip --prefix /out

# The same base, so that the libraries of C and C++ fit.
FROM debian:13-slim
COPY --from=build /out/ /usr/local/
USER 65534
ENTRYPOINT ["app"]

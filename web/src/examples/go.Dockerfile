FROM golang:1.26

WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /usr/local/bin/courier ./cmd/courier

EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/courier"]

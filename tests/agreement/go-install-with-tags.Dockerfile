# hadolint reports DL3062 at line 3: `netgo` is the value of a flag.
FROM golang:1.26
RUN go install -tags netgo example.org/tool@v1.2.3
USER 1000

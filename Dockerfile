# Two stages: the Go image builds one static binary, and the image that runs holds that binary alone.

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /redpin ./cmd/redpin

# Platforms are reached over TLS, so the image needs their certificate authorities; it has no shell and nothing else.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /redpin /redpin
USER 65532:65532
ENTRYPOINT ["/redpin"]

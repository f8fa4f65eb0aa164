# The Debian release is the same in both stages, so that the binary finds the C library it was linked with.
FROM rust:1.95-slim-trixie AS build
# SQLite and the PostgreSQL client library are compiled in.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p api --bin klusnet

FROM debian:trixie-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin klusnet
COPY --from=build /src/target/release/klusnet /usr/local/bin/klusnet
COPY LICENSE /usr/share/doc/klusnet/LICENSE
# Of the fonts in the binary.
COPY crates/interchange/fonts/LICENSE-2.0.txt /usr/share/doc/klusnet/fonts/LICENSE-2.0.txt
USER 10001:10001
ENV KLUSNET_LISTEN=0.0.0.0:8080
EXPOSE 8080
# Asks /health/ready and exits with 0 or 1.
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 CMD ["klusnet", "health"]
ENTRYPOINT ["klusnet"]

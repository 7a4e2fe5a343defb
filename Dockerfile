# Hubbub as an image: the Debian package, built by what a newcomer runs, and installed alone in a second stage.
# Runs as a user without rights, on a root that may be read-only; what it keeps is in /var/lib/hubbub.
FROM debian:bookworm-slim AS build
WORKDIR /source
# The packages first: this layer changes only with their list.
COPY setup/install.sh setup/packages.txt setup/
# hadolint ignore=DL3008
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends make \
 && setup/install.sh server node deb
COPY . .
RUN make deb

FROM debian:bookworm-slim
COPY --from=build /source/build/release/hubbub_*.deb /tmp/
# Trusted authorities are for the keys of an OpenID provider over https.
# hadolint ignore=DL3008
RUN useradd --system --user-group --uid 10001 --home-dir /var/lib/hubbub --no-create-home hubbub \
 && apt-get update -q \
 && apt-get install -y -q --no-install-recommends ca-certificates /tmp/hubbub_*.deb \
 && rm -rf /var/lib/apt/lists/* /tmp/hubbub_*.deb \
 && install -d -o hubbub -g hubbub -m 0700 /var/lib/hubbub
# By number, so that a cluster can see that it is not root.
USER 10001
WORKDIR /var/lib/hubbub
VOLUME /var/lib/hubbub
ENV HUBBUB_LISTEN=0.0.0.0:8080 HUBBUB_DATA_DIR=/var/lib/hubbub
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["hubbub", "check"]
ENTRYPOINT ["hubbub"]
CMD ["serve"]

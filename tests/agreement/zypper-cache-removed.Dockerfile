# hadolint reports DL3036 at line 3: without its folder there is no cache.
FROM opensuse/leap:16.0
RUN zypper --non-interactive install make=4.4 && rm -rf /var/cache/zypp
USER 1000

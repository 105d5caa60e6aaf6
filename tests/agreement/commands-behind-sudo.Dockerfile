# hadolint misses DL3008 at line 7: sudo runs apt-get, which installs without a version.
# hadolint misses DL3015 at line 7: sudo runs apt-get, which installs what is only recommended.
# hadolint misses DL3009 at line 7: sudo runs apt-get, and the package lists stay.
# hadolint misses DL3013 at line 8: sudo runs pip, which installs without a version.
# hadolint misses DL3042 at line 8: sudo runs pip, whose cache stays.
FROM debian:13
RUN sudo apt-get update && sudo apt-get install -y make
RUN sudo pip install flask
USER 1000

FROM debian:trixie-slim
ENTRYPOINT ["/usr/bin/env", "--", "app"]
CMD ["--flag", "a\tb\u00e9", "quote \" and backslash \\"]
ENTRYPOINT exec app --verbose
CMD []
CMD  app -- "$HOME" && echo 'done'
ENTRYPOINT [ "sh" , "-c" , "echo $0" ]

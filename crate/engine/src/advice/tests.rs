use super::{Counsel, Language, advise, all_advice};
use crate::check::check;
use crate::input::Input;
use crate::shell::{Dialect, parse};
use layerwise_syntax::TextSize;

fn counsel_of(input: &Input<'_>) -> Counsel {
    advise(input, &check(input), "Dockerfile")
}

fn counsel(text: &str) -> Counsel {
    counsel_of(&Input::new(text))
}

/// The listings of an advice, one under the other; nothing where it does not apply.
fn listing(counsel: &Counsel, id: &str) -> Option<String> {
    assert!(all_advice().iter().any(|advice| advice.id == id), "{id} is an advice");
    let advised = counsel.advised.iter().find(|advised| advised.id == id)?;
    Some(advised.listings.iter().map(|listing| listing.text.as_str()).collect::<Vec<_>>().join("\n"))
}

fn command(text: &str, id: &str) -> Option<String> {
    listing(&counsel(text), id)
}

fn notes(text: &str, id: &str) -> String {
    let counsel = counsel(text);
    let advised = counsel.advised.iter().find(|advised| advised.id == id);
    advised.map(|advised| advised.notes.join(" ")).unwrap_or_default()
}

/// A server that needs nothing but its port.
const SHOP: &str =
    "FROM node:24-slim\nWORKDIR /srv/shop\nCOPY . .\nUSER node\nEXPOSE 3000\nCMD [\"node\", \"main.js\"]\n";
/// An image for others to build on.
const TOOLS: &str = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y git\n";
const WINDOWS: &str = "# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2025\nWORKDIR C:\\app\nEXPOSE 8080\nVOLUME C:\\data\nCMD [\"app.exe\"]\n";

#[test]
fn every_advice_has_all_its_texts() {
    for advice in all_advice() {
        assert!(!advice.title.is_empty() && !advice.title.ends_with('.'), "{}", advice.id);
        assert!(advice.why.trim().len() > 80 && advice.why.trim().ends_with(['.', '?']), "{}", advice.id);
        assert!(advice.references.iter().all(|link| link.starts_with("https://")) && !advice.references.is_empty());
        assert_eq!(all_advice().iter().filter(|other| other.id == advice.id).count(), 1);
    }
    assert!(all_advice().is_sorted_by_key(|advice| advice.moment), "those of one moment stand together");
}

#[test]
fn snippets_and_refused_files_get_a_sentence() {
    for text in ["RUN make\n", "FROM\n", "", "FROM alpine\nEXPOSE http\n", "# nothing\n"] {
        let counsel = counsel(text);
        assert!(counsel.advised.is_empty() && counsel.silence.is_some_and(|why| why.ends_with('.')), "{text}");
    }
}

#[test]
fn a_build_is_given_what_the_file_asks_for() {
    let text = "ARG TAG\nFROM node:24-slim AS base\nARG CHANNEL\nARG UNUSED\nARG MODE=live\nRUN make $CHANNEL\n\
        FROM node:24 AS test\nARG ONLY_TEST\nRUN echo $ONLY_TEST\nFROM base\n\
        RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=token,env=TOKEN --mount=type=ssh npm ci\n\
        RUN --security=insecure true\n";
    assert_eq!(
        command(text, "build-image").unwrap(),
        "docker build \\\n  --tag my-app \\\n  --build-arg TAG \\\n  --build-arg CHANNEL \\\n  --secret id=npmrc,src=\"$HOME/.npmrc\" \\\n  \
         --secret id=token,env=TOKEN \\\n  --ssh default \\\n  --allow security.insecure \\\n  ."
    );
    let notes = notes(text, "build-image");
    for part in ["`my-app`", "`TAG` and `CHANNEL` from your environment", "`TOKEN`", "`npmrc`", "does not need `test`"]
    {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    assert_eq!(command(SHOP, "build-image").unwrap(), "docker build --tag shop .");
}

#[test]
fn a_target_and_another_file_are_named() {
    let text = "FROM node:24 AS dev\nFROM node:24\nCMD [\"node\", \"a.js\"]\n";
    let input = Input { target: Some("dev"), ..Input::new(text) };
    let counsel = advise(&input, &check(&input), "my file.Dockerfile");
    assert_eq!(
        listing(&counsel, "build-image").unwrap(),
        "docker build --tag my-app --file 'my file.Dockerfile' --target dev ."
    );
    let given = [("TAG".to_owned(), "1".to_owned())];
    let input = Input { build_args: &given, ..Input::new("ARG TAG\nFROM node:$TAG\n") };
    assert_eq!(listing(&counsel_of(&input), "build-image").unwrap(), "docker build --tag my-app .");
}

#[test]
fn a_target_that_no_stage_has_is_in_no_command() {
    let text = "FROM node:24 AS dev\nEXPOSE 80\nCMD [\"node\", \"a.js\"]\nFROM dev\n";
    for (target, is_there) in [("DEV", true), ("gone", false)] {
        let counsel = counsel_of(&Input { target: Some(target), ..Input::new(text) });
        let said = format!("{counsel:?}");
        assert_eq!(said.contains("target DEV") || said.contains("target gone"), is_there, "{said}");
        assert_eq!(said.contains("target: DEV") || said.contains("target: gone"), is_there, "{said}");
    }
}

#[test]
fn an_image_is_named_by_its_title_its_program_or_its_folder() {
    let name = |text| command(text, "build-image").unwrap();
    assert_eq!(
        name("FROM a\nLABEL org.opencontainers.image.title=\"Till 2\"\nWORKDIR /shop\n"),
        "docker build --tag till-2 ."
    );
    assert_eq!(name("FROM scratch\nCOPY till /till\nENTRYPOINT [\"/till\"]\n"), "docker build --tag till .");
    assert_eq!(name("FROM debian\nCMD [\"/usr/bin/perl\"]\n"), "docker build --tag my-app .");
    assert_eq!(name("FROM a\nWORKDIR /usr/src/app\n"), "docker build --tag my-app .");
    assert_eq!(name("FROM a\nLABEL name=\"$(reboot)\"\n"), "docker build --tag reboot .");
}

#[test]
fn a_server_is_run_locked_up() {
    assert_eq!(
        command(SHOP, "run-image").unwrap(),
        "docker run --detach \\\n  --name shop \\\n  --restart unless-stopped \\\n  --publish 127.0.0.1:3000:3000 \\\n  --init \\\n  \
         --read-only \\\n  --tmpfs /tmp \\\n  --cap-drop ALL \\\n  --security-opt no-new-privileges:true \\\n  --memory 512m \\\n  \
         --cpus 1 \\\n  --pids-limit 200 \\\n  shop"
    );
    assert_eq!(command(TOOLS, "run-image"), None);
    assert_eq!(command("FROM debian:13\nCMD [\"bash\"]\n", "run-image").unwrap(), "docker run --rm -it my-app");
}

#[test]
fn a_read_only_container_may_write_where_its_program_does() {
    let of = |text: &str| command(text, "run-read-only");
    assert_eq!(of(SHOP).unwrap(), "docker run --rm --read-only --tmpfs /tmp shop");
    assert_eq!(
        of("FROM nginx:1.30\nCOPY site.template /etc/nginx/templates/\n").unwrap(),
        "docker run --rm \\\n  --read-only \\\n  --tmpfs /tmp \\\n  --tmpfs /run \\\n  --tmpfs /var/cache/nginx \\\n  --tmpfs /etc/nginx/conf.d \\\n  my-app"
    );
    assert_eq!(
        of("FROM eclipse-temurin:21-jre\nCOPY a.jar /a.jar\nCMD [\"java\", \"-jar\", \"/a.jar\"]\n").unwrap(),
        "docker run --rm --read-only --tmpfs /tmp:exec my-app"
    );
    assert_eq!(
        of("FROM debian:13\nRUN mkdir -p /var/run/till /var/log/till /var/cache/apt/x /opt\nCMD [\"/till\"]\n")
            .unwrap(),
        "docker run --rm \\\n  --read-only \\\n  --tmpfs /tmp \\\n  --tmpfs /run/till \\\n  --tmpfs /var/log/till \\\n  my-app"
    );
    assert!(
        of("FROM ruby:3.4\nWORKDIR /till\nCMD [\"bundle\", \"exec\", \"puma\"]\n")
            .unwrap()
            .contains("--tmpfs /till/tmp")
    );
    for text in [TOOLS, WINDOWS, "FROM solr:9\n"] {
        assert_eq!(of(text), None, "{text}");
    }
}

#[test]
fn servers_keep_the_capabilities_that_they_start_with() {
    let of = |text: &str| command(text, "drop-privileges-at-run-time");
    assert_eq!(of(SHOP).unwrap(), "docker run --rm --cap-drop ALL --security-opt no-new-privileges:true shop");
    let nginx = of("FROM nginx:1.30\nCOPY . /usr/share/nginx/html\n").unwrap();
    assert!(
        nginx
            .contains("--cap-add CHOWN \\\n  --cap-add SETGID \\\n  --cap-add SETUID \\\n  --cap-add NET_BIND_SERVICE"),
        "{nginx}"
    );
    // Somebody else than root has none of them, and binds to port 80 all the same.
    let own = of("FROM nginx:1.30\nUSER 101\nCMD [\"nginx\"]\n").unwrap();
    assert!(own.contains("--cap-add NET_BIND_SERVICE") && !own.contains("SETUID"), "{own}");
    // The base brings a user, and the file leaves the program to root.
    assert!(of("FROM node:24\nCMD [\"node\", \"a.js\"]\n").unwrap().contains("--user node"));
    assert!(notes("FROM debian:13\nCMD [\"/till\"]\n", "drop-privileges-at-run-time").contains("root"));
    let sudo = "FROM debian:13\nUSER 1000\nCMD [\"sudo\", \"/till\"]\n";
    assert_eq!(of(sudo).unwrap(), "docker run --rm --cap-drop ALL my-app");
    for text in [TOOLS, WINDOWS, "FROM docker:28\nCMD [\"dockerd\"]\n"] {
        assert_eq!(of(text), None, "{text}");
    }
}

#[test]
fn limits_fit_the_program_and_the_system() {
    let of = |text: &str| command(text, "limit-resources");
    assert_eq!(of(SHOP).unwrap(), "docker run --rm --memory 512m --cpus 1 --pids-limit 200 shop\ndocker stats");
    assert_eq!(of(WINDOWS).unwrap(), "docker run --rm --memory 512m --cpus 1 my-app\ndocker stats");
    assert!(of("FROM postgres:17\n").unwrap().contains("--memory 1g"));
    assert_eq!(of(TOOLS), None);
}

#[test]
fn ports_are_those_that_the_file_exposes_or_its_program_listens_at() {
    let of = |text: &str| command(text, "publish-ports-deliberately");
    assert_eq!(of(SHOP).unwrap(), "docker run --rm --publish 127.0.0.1:3000:3000 shop");
    assert_eq!(
        of("FROM alpine\nARG P=9000\nEXPOSE 80 8080 8000-8002 53/udp $P $Q\nCMD [\"/till\"]\n").unwrap(),
        "docker run --rm \\\n  --publish 127.0.0.1:8081:80 \\\n  --publish 127.0.0.1:8080:8080 \\\n  --publish 127.0.0.1:8000-8002:8000-8002 \\\n  \
         --publish 127.0.0.1:8053:53/udp \\\n  --publish 127.0.0.1:9000:9000 \\\n  my-app"
    );
    for (start, port) in [
        ("CMD [\"uvicorn\", \"a:app\", \"--port\", \"9001\"]", "9001"),
        ("CMD python -m gunicorn -b 0.0.0.0:9002 a", "9002"),
        ("CMD [\"uv\", \"run\", \"gunicorn\", \"a\"]", "8000"),
        ("ENV PORT=9003\nCMD [\"python\", \"a.py\"]", "9003"),
    ] {
        let text = format!("FROM python:3.14-slim\n{start}\n");
        assert_eq!(of(&text).unwrap(), format!("docker run --rm --publish 127.0.0.1:{port}:{port} my-app"), "{start}");
    }
    assert_eq!(of("FROM python:3.14-slim\nCMD [\"cat\", \"/etc/nginx\"]\n"), None);
    assert_eq!(of(TOOLS), None);
}

#[test]
fn what_lasts_goes_to_volumes_with_names() {
    let of = |text: &str| command(text, "keep-state-outside");
    assert_eq!(
        of("FROM alpine\nWORKDIR /till\nVOLUME /data /srv/data\nCMD [\"/run\"]\n").unwrap(),
        "docker run --rm --volume till-data:/data --volume till-data-2:/srv/data till"
    );
    assert_eq!(
        of("FROM postgres:17\n").unwrap(),
        "docker run --rm \\\n  --env POSTGRES_PASSWORD \\\n  --volume my-app-data:/var/lib/postgresql/data \\\n  my-app"
    );
    assert!(of("FROM postgres:18\n").unwrap().contains("my-app-postgresql:/var/lib/postgresql "));
    assert_eq!(of(WINDOWS).unwrap(), "docker run --rm --volume 'my-app-data:C:\\data' my-app");
    assert_eq!(of(SHOP), None);
}

#[test]
fn configuration_files_are_mounted_in_their_own_places() {
    let of = |text: &str| command(text, "mount-config");
    assert_eq!(
        of("FROM nginx:1.30\nCOPY conf/site.conf /etc/nginx/conf.d/default.conf\nCOPY package.json a.js /x/\nCOPY *.yml /y/\n").unwrap(),
        "docker run --detach \\\n  --name my-app \\\n  --publish 127.0.0.1:8080:80 \\\n  \
         --mount type=bind,src=./conf/site.conf,dst=/etc/nginx/conf.d/default.conf,readonly \\\n  my-app"
    );
    assert_eq!(of(SHOP), None);
    assert_eq!(of("FROM nginx:1.30 AS b\nFROM nginx:1.30\nCOPY --from=b a.conf /a.conf\n"), None);
}

#[test]
fn secrets_become_files() {
    let of = |text: &str| command(text, "pass-secrets-at-run-time");
    let text =
        of("FROM node:24\nWORKDIR /till\nENV DB_PASSWORD=x PORT=80\nUSER node\nCMD [\"node\", \"a.js\"]\n").unwrap();
    assert_eq!(
        text,
        "services:\n  till:\n    image: till\n    environment:\n      DB_PASSWORD_FILE: /run/secrets/db_password\n    secrets:\n      - db_password\n\
         secrets:\n  db_password:\n    file: ./secrets/db_password.txt"
    );
    assert!(of("FROM mysql:9\n").unwrap().contains("MYSQL_ROOT_PASSWORD_FILE"));
    assert_eq!(of(SHOP), None);
}

#[test]
fn programs_that_are_no_init_get_one() {
    let of = |text: &str| command(text, "use-an-init-process");
    assert_eq!(of(SHOP).unwrap(), "docker run --rm --init shop");
    for other in ["\"tini\", \"--\", \"node\", \"a.js\"", "\"/till\"", "\"nginx\""] {
        assert_eq!(of(&format!("FROM node:24\nUSER 1\nENTRYPOINT [{other}]\n")), None, "{other}");
    }
}

#[test]
fn what_an_init_or_another_user_runs_is_the_program() {
    let of = |start: &str| command(&format!("FROM debian:13\nCMD [{start}]\n"), "publish-ports-deliberately");
    for start in [
        "\"nginx\"",
        "\"tini-static\", \"--\", \"nginx\"",
        "\"gosu\", \"app\", \"nginx\"",
        "\"su-exec\", \"app:app\", \"nginx\"",
        "\"chpst\", \"-u\", \"app\", \"nginx\"",
        "\"chpst\", \"-uapp\", \"-n\", \"5\", \"nginx\"",
        "\"chpst\", \"-P\", \"nginx\"",
        "\"setpriv\", \"--reuid=app\", \"nginx\"",
        "\"setpriv\", \"--reuid\", \"app\", \"--regid\", \"app\", \"--clear-groups\", \"nginx\"",
        "\"setpriv\", \"--no-new-privs\", \"nginx\"",
        "\"runuser\", \"-u\", \"app\", \"-g\", \"grp\", \"--\", \"nginx\"",
        "\"runuser\", \"-g\", \"grp\", \"-uapp\", \"nginx\"",
        "\"runuser\", \"--user=app\", \"--group=grp\", \"--\", \"nginx\"",
        "\"su\", \"-s\", \"/bin/sh\", \"app\", \"-c\", \"nginx\"",
        "\"su\", \"--shell=/bin/sh\", \"app\", \"-c\", \"nginx\"",
        "\"tini\", \"-p\", \"SIGTERM\", \"--\", \"nginx\"",
        "\"tini\", \"-sp\", \"SIGTERM\", \"-e\", \"143\", \"--\", \"gosu\", \"app\", \"nginx\"",
        "\"dumb-init\", \"--rewrite\", \"15:3\", \"nginx\"",
        "\"dumb-init\", \"-c\", \"-r\", \"15:3\", \"--\", \"nginx\"",
    ] {
        assert_eq!(of(start), of("\"nginx\""), "{start}");
        assert!(of(start).is_some_and(|command| command.contains(":80 ")), "{start}");
    }
    assert_eq!(of("\"gosu\", \"nginx\", \"cat\""), None, "a user is no program");
}

#[test]
fn a_program_without_an_entry_point_shows_what_arguments_replace() {
    let of = |text: &str| command(text, "entrypoint-plus-cmd");
    assert_eq!(
        of("FROM python:3.14\nCMD [\"python\", \"a b.py\"]\n").unwrap(),
        "docker run --rm my-app python 'a b.py' --help"
    );
    for text in [SHOP, TOOLS, "FROM python:3.14\nENTRYPOINT [\"a\"]\nCMD [\"b\"]\n"] {
        assert_eq!(of(text), None, "{text}");
    }
}

#[test]
fn advice_for_the_finished_image_names_it() {
    for (id, part) in [
        ("scan-image", "trivy image --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 shop\ngrype shop "),
        ("analyse-layers", "dive shop"),
        ("remove-setuid-files", "shop \\\n  -c 'find / -xdev"),
        ("attach-attestations", "--sbom=true \\\n  --provenance=mode=max \\\n  ."),
        ("verify-image-signatures", "cosign sign \"registry.example.com/shop@$DIGEST\""),
        ("rebuild-often", "docker build --pull --no-cache --tag shop ."),
        ("run-build-checks", "docker build --check ."),
    ] {
        let text = command(SHOP, id).unwrap();
        assert!(text.contains(part), "{id}: {text}");
    }
    assert_eq!(command(WINDOWS, "scan-image").unwrap(), "docker scout cves my-app");
    assert_eq!(command("FROM scratch\nCOPY a /a\nENTRYPOINT [\"/a\"]\n", "remove-setuid-files"), None);
    assert!(
        command("FROM scratch\nCOPY a /a\nENTRYPOINT [\"/a\"]\n", "debug-without-tools-in-image")
            .unwrap()
            .contains("docker debug my-app")
    );
    assert_eq!(
        command("FROM node:24-slim\nUSER node\nCMD [\"node\", \"a.js\"]\n", "debug-without-tools-in-image"),
        None
    );
    assert!(
        command("FROM debian:13\nRUN apt-get update\nRUN apt-get install -y gcc\n", "compress-layers")
            .unwrap()
            .contains("compression=zstd")
    );
    assert_eq!(command("FROM scratch\nCOPY a /a\nUSER 1\nENTRYPOINT [\"/a\"]\n", "compress-layers"), None);
}

#[test]
fn advice_for_the_build_looks_at_what_the_file_uses() {
    assert_eq!(command(SHOP, "build-with-buildkit"), None);
    assert_eq!(
        command("FROM a\nRUN <<E\nb\nE\n", "build-with-buildkit").unwrap(),
        "DOCKER_BUILDKIT=1 docker build --tag my-app ."
    );
    assert_eq!(
        command("FROM a\nCOPY --link b c\n", "build-with-buildkit").unwrap(),
        "DOCKER_BUILDKIT=1 docker build --tag my-app ."
    );
    assert_eq!(command(SHOP, "share-build-cache"), None);
    let shared = command("FROM a AS b\nFROM b\n", "share-build-cache").unwrap();
    assert!(shared.contains("--cache-to type=registry,ref=registry.example.com/my-app:cache,mode=max"), "{shared}");
    assert_eq!(command(SHOP, "check-base-platforms"), None);
    let platforms = command(
        "FROM --platform=$BUILDPLATFORM golang:1.26\nARG TARGETARCH\nRUN make $TARGETARCH\n",
        "check-base-platforms",
    )
    .unwrap();
    assert!(
        platforms.starts_with("docker buildx imagetools inspect golang:1.26\n")
            && platforms.contains("--platform linux/amd64,linux/arm64")
    );
}

#[test]
fn a_dockerignore_leaves_out_what_lies_about_and_nothing_that_is_copied() {
    let of = |text: &str| command(text, "write-a-dockerignore");
    let lines = of(SHOP).unwrap();
    for line in ["**/node_modules", ".git", "**/.env", "Dockerfile*"] {
        assert!(lines.lines().any(|own| own == line), "{line}: {lines}");
    }
    let kept = "FROM node:24\nCOPY . .\nCOPY dist/ node_modules/ /x/\nCOPY .env .git/HEAD ./\nRUN npm run build\n";
    let lines = of(kept).unwrap();
    for line in ["dist", "**/node_modules", "**/.env", ".git"] {
        assert!(!lines.lines().any(|own| own == line), "{line}: {lines}");
    }
    assert!(lines.lines().any(|own| own == ".next"), "{lines}");
    let jar = of("FROM maven:3.9\nARG JAR=target/*.jar\nCOPY . .\nCOPY ${JAR} /a.jar\n").unwrap();
    assert!(!jar.contains("target"), "{jar}");
    assert!(of("FROM python:3.14\nCOPY . .\nRUN git describe > version\n").unwrap().lines().all(|line| line != ".git"));
    // Nothing of it could get in.
    assert_eq!(of("FROM node:24\nCOPY package.json a.js ./\n"), None);
    assert_eq!(of(TOOLS), None);
}

#[test]
fn a_dockerignore_that_is_there_is_only_added_to() {
    let text = SHOP;
    let of = |present| {
        listing(&counsel_of(&Input { dockerignore: Some(present), ..Input::new(text) }), "write-a-dockerignore")
    };
    let lines = of("node_modules\n**/node_modules\n.git\n").unwrap();
    assert!(
        lines.contains("**/.env") && !lines.contains("node_modules") && !lines.lines().any(|line| line == ".git"),
        "{lines}"
    );
    assert_eq!(of("*\n!src\nsrc/**/*.log\n**/.env*\n**/node_modules\n**/.DS_Store\n"), None);
    let all = of("").unwrap();
    assert_eq!(of(&all), None, "what was added lacks nothing");
}

#[test]
fn a_compose_file_says_the_same_as_the_command() {
    assert_eq!(
        command(SHOP, "write-a-compose-file").unwrap(),
        "services:\n  shop:\n    image: shop\n    build: .\n    restart: unless-stopped\n    ports:\n      - \"127.0.0.1:3000:3000\"\n    init: true\n    \
         read_only: true\n    tmpfs:\n      - /tmp\n    cap_drop:\n      - ALL\n    security_opt:\n      - \"no-new-privileges:true\"\n    \
         mem_limit: 512m\n    cpus: 1\n    pids_limit: 200\ndocker compose up --build --detach"
    );
    let text = "FROM node:24\nARG V\nRUN --mount=type=secret,id=npmrc --mount=type=secret,id=t,env=T make $V\nVOLUME /d\nCMD [\"/a\"]\n";
    let compose = command(text, "write-a-compose-file").unwrap();
    for part in [
        "      args:\n        - \"V\"\n      secrets:\n        - npmrc\n        - t\n",
        "\nvolumes:\n  my-app-d:\n",
        "\nsecrets:\n  npmrc:\n    file: \"$HOME/.npmrc\"\n  t:\n    environment: \"T\"",
    ] {
        assert!(
            compose.contains(part) || compose.contains(&part.replace("\"V\"", "V").replace("\"T\"", "T")),
            "{part}: {compose}"
        );
    }
    assert_eq!(command(TOOLS, "write-a-compose-file"), None);
}

#[test]
fn nothing_in_a_file_breaks_out_of_a_command() {
    let hostile = [
        "FROM alpine\nVOLUME [\"/x; reboot\", \"/it\\\\'s\", \"/`reboot`\", \"/a b\"]\nCMD [\"/till\"]\n",
        "FROM alpine\nWORKDIR \"/x;reboot\"\nRUN mkdir -p '/run/a;reboot' \"/run/it's\"\nCMD [\"a;reboot\", \"`reboot`\", \"$(reboot)\", \"it's\"]\n",
        "FROM node:24\nENV PORT=\"80;reboot\"\nUSER \"a;reboot\"\nCMD [\"node\", \"--port\", \"80;reboot\"]\n",
        "FROM alpine\nLABEL org.opencontainers.image.title=\"x;reboot `reboot`\"\nCOPY [\"a;reboot.conf\", \"/etc/a;reboot.conf\"]\nCMD [\"/till\"]\n",
        "FROM alpine\nRUN --mount=type=secret,id=a;reboot --mount=type=ssh,id=b;reboot --mount=type=secret,id='x',env=A;reboot true\n",
        "FROM node:24\nRUN useradd 'a;reboot'\nCMD [\"node\", \"a.js\"]\n",
    ];
    for text in hostile {
        let input = Input { target: None, ..Input::new(text) };
        let counsel = advise(&input, &check(&input), "x;reboot.Dockerfile");
        assert!(counsel.advised.len() > 5, "{text}");
        for listing in counsel.advised.iter().flat_map(|advised| &advised.listings) {
            if listing.language != Language::Shell {
                continue;
            }
            let script = parse(&listing.text, TextSize::new(0), Dialect::Bash);
            assert!(script.is_readable && !script.commands.is_empty(), "{}", listing.text);
            for command in &script.commands {
                let is_ours = command.is_one_of("docker trivy grype dive syft cosign clairctl");
                let is_assignment = command.words.is_empty();
                assert!(is_ours || is_assignment, "{}", listing.text);
            }
        }
    }
}

#[test]
fn no_value_adds_a_field_or_an_option() {
    let text = "FROM alpine\nRUN --mount=type=secret,id=a,env=X=/etc/shadow true\nRUN mkdir /run/a:exec\nVOLUME /d:/etc\nCMD [\"/till\"]\n";
    for (id, part) in [("build-image", "shadow"), ("run-image", "exec"), ("run-image", "/etc")] {
        let command = command(text, id).unwrap();
        assert!(!command.contains(part), "{command}");
    }
}

#[test]
fn values_that_hide_something_are_left_out() {
    let text = "FROM alpine\nVOLUME [\"/a\\u202Eb\", \"/c\\u001b[31m\", \"/ok\"]\nCMD [\"/till\"]\n";
    let command = command(text, "keep-state-outside").unwrap();
    assert_eq!(command, "docker run --rm --volume my-app-ok:/ok my-app");
}

#[test]
fn a_port_that_the_command_reads_and_nothing_sets_is_given() {
    let of = |text: &str| command(text, "run-image").unwrap();
    let gunicorn = "FROM python:3.14-slim\nCMD gunicorn app:api --bind 0.0.0.0:$PORT\n";
    assert!(of(gunicorn).contains("--env PORT=8000"), "{}", of(gunicorn));
    assert!(of(&gunicorn.replace("CMD", "EXPOSE 5001\nCMD")).contains("--env PORT=5001"));
    let list =
        gunicorn.replace("gunicorn app:api --bind 0.0.0.0:$PORT", "[\"sh\", \"-c\", \"exec gunicorn -b :${PORT} a\"]");
    assert!(of(&list).contains("--env PORT=8000"), "{}", of(&list));
    let words =
        gunicorn.replace("gunicorn app:api --bind 0.0.0.0:$PORT", "[\"gunicorn\", \"-b\", \"0.0.0.0:$PORT\", \"a:b\"]");
    assert!(!of(&words).contains("--env"), "no shell reads the words of a list: {}", of(&words));
    for start in [
        r#"ENTRYPOINT ["tini", "--", "sh", "-c", "serve $PORT"]"#,
        "ENTRYPOINT [\"sh\", \"-c\"]\nCMD [\"serve $PORT\"]",
    ] {
        let text = format!("FROM alpine:3.23\nEXPOSE 8000\n{start}\n");
        assert!(of(&text).contains("--env PORT=8000"), "{start}");
    }
    assert!(!of(&gunicorn.replace("CMD", "ENV PORT=9000\nCMD")).contains("--env"), "the file sets it");
    assert!(!of(&gunicorn.replace("$PORT", "$PORTS")).contains("--env"), "another name");
    assert!(!of(&gunicorn.replace("$PORT", "${PORT:-8000}")).contains("--env"), "it does without");
}

#[test]
fn a_repository_that_is_asked_by_ssh_wants_the_agent() {
    let of = |address: &str| command(&format!("FROM alpine:3.23\nADD {address} /src\n"), "build-image").unwrap();
    assert!(of("git@example.com:team/project.git#main").contains("--ssh default"));
    assert!(of("ssh://git@example.com/team/project.git").contains("--ssh default"));
    assert!(!of("https://example.com/team/project.git").contains("--ssh"));
}

#[test]
fn apache_of_a_distribution_writes_to_folders_of_its_own() {
    let of = |text: &str| command(text, "run-image").unwrap();
    assert!(of("FROM fedora:44\nCMD [\"httpd\", \"-DFOREGROUND\"]\n").contains("--tmpfs /run/httpd"));
    assert!(of("FROM alpine:3.23\nCMD [\"httpd\", \"-DFOREGROUND\"]\n").contains("--tmpfs /run/apache2"));
    assert!(of("FROM httpd:2.4\n").contains("--tmpfs /usr/local/apache2/logs"));
}

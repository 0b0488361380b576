//! Real reverse proxies in front of the sandbox, configured by the snippets that `generate client` prints. One that is not installed is
//! skipped, which is said.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use authkuma::config;
use authkuma::digest::Digest;
use authkuma::sandbox::{Options, Running, Server};
use authkuma::scaffold::proxy::{Certificate, Proxy, ProxyFacts, Site, snippet};
use authkuma::secret::Secret;
use authkuma::source::{Source, Sources};
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, LOCATION, WWW_AUTHENTICATE};

const SECRET: &str = "insecure_secret";
const DISCOVERY: &str = "/.well-known/openid-configuration";
/// What Uptime Kuma accepts.
const ACCEPT: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

#[test]
fn nginx_asks_as_it_is_told() {
    let Some(program) = installed("nginx") else { return };
    let world = World::new(Proxy::Nginx);
    let text = format!(
        "daemon off;\nmaster_process off;\npid {0}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n\
         client_body_temp_path {0}/b;\nproxy_temp_path {0}/p;\nfastcgi_temp_path {0}/f;\nuwsgi_temp_path {0}/u;\nscgi_temp_path {0}/s;\n\
         include {0}/authelia.conf;\n}}\n",
        world.folder().display()
    );
    let main = world.folder().join("nginx.conf");
    fs::write(&main, text).unwrap();
    world.prove(Command::new(program).arg("-c").arg(main).arg("-p").arg(world.folder()));
}

#[test]
fn caddy_asks_as_it_is_told() {
    let Some(program) = installed("caddy") else { return };
    let world = World::new(Proxy::Caddy);
    let main = world.folder().join("Caddyfile");
    let sites = fs::read_to_string(&main).unwrap();
    fs::write(&main, format!("{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{sites}")).unwrap();
    world.prove(Command::new(program).args(["run", "--adapter", "caddyfile", "--config"]).arg(main).env("HOME", world.folder()));
}

#[test]
fn haproxy_asks_as_it_is_told() {
    let Some(program) = installed("haproxy") else { return };
    let world = World::new(Proxy::Haproxy);
    let main = world.folder().join("haproxy.cfg");
    let text = fs::read_to_string(&main).unwrap();
    fs::write(&main, text.replace("/etc/haproxy/authelia.lua", &world.path("authelia.lua"))).unwrap();
    world.prove(Command::new(program).arg("-db").arg("-f").arg(main));
}

#[test]
fn traefik_asks_as_it_is_told() {
    let Some(program) = installed("traefik") else { return };
    let world = World::new(Proxy::Traefik);
    let dynamic = world.folder().join("dynamic");
    fs::create_dir(&dynamic).unwrap();
    fs::rename(world.folder().join("authelia.yml"), dynamic.join("authelia.yml")).unwrap();
    let (chain, key) = (world.path("both.pem"), world.path("key.pem"));
    fs::write(dynamic.join("tls.yml"), format!("tls: {{certificates: [{{certFile: '{chain}', keyFile: '{key}'}}]}}\n")).unwrap();
    let main = world.folder().join("traefik.yml");
    let text = format!(
        "global: {{checkNewVersion: false, sendAnonymousUsage: false}}\nentryPoints: {{websecure: {{address: '127.0.0.1:{}'}}}}\n\
         providers: {{file: {{directory: '{}'}}}}\n",
        world.port,
        dynamic.display()
    );
    fs::write(&main, text).unwrap();
    world.prove(Command::new(program).arg("--configFile").arg(main));
}

#[test]
fn envoy_asks_as_it_is_told() {
    let Some(program) = installed("envoy") else { return };
    let world = World::new(Proxy::Envoy);
    let main = world.folder().join("envoy.yaml");
    world.prove(Command::new(program).args(["--log-level", "error", "--use-dynamic-base-id", "--config-path"]).arg(main));
}

/// A portal, an application and a proxy's configuration in a folder of their own.
struct World {
    folder: tempfile::TempDir,
    port: u16,
    /// The path of the watched page.
    page: &'static str,
    authority: String,
    _sandbox: Running,
    application: Upstream,
}

impl World {
    fn new(proxy: Proxy) -> World {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let authority = certificate(folder.path());
        let sandbox = Server::start(config::load(configuration(proxy, port)), Options::default()).unwrap();
        let application = Upstream::start();
        let site = |host: &str, upstream: String| Site { host: host.to_owned(), port: Some(port), upstream };
        let facts = ProxyFacts {
            portal: site("auth.example.com", sandbox.address().to_string()),
            applications: vec![site("application.example.com", application.address.to_string())],
            endpoint: format!("/api/authz/{}", proxy.endpoint()),
            bind: Some([127, 0, 0, 1].into()),
            certificate: Some(Certificate {
                chain: folder.path().join("both.pem").display().to_string(),
                key: folder.path().join("key.pem").display().to_string(),
            }),
        };
        for file in snippet(proxy, &facts).files {
            fs::write(folder.path().join(file.name), file.text).unwrap();
        }
        World { folder, port, page: page(proxy), authority, _sandbox: sandbox, application }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, name: &str) -> String {
        self.folder().join(name).display().to_string()
    }

    /// Starts the proxy and looks through it: with the token the application, without it the way to the portal.
    fn prove(&self, command: &mut Command) {
        let proxy = Process::start(command, self.port);
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(self.look());
        drop(proxy);
    }

    async fn look(&self) {
        let client = self.client();
        let url = |host: &str, path: &str| format!("https://{host}.example.com:{}{path}", self.port);
        // Some listen before they have read all of their configuration.
        let patience = Instant::now() + Duration::from_secs(10);
        while Instant::now() < patience
            && !client.get(url("auth", DISCOVERY)).send().await.is_ok_and(|found| found.status() == StatusCode::OK)
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let asked = client
            .post(url("auth", "/api/oidc/token"))
            .header(AUTHORIZATION, format!("Basic {}", base64(&format!("uptime-kuma:{SECRET}"))))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials&scope=authelia.bearer.authz");
        let given: serde_json::Value = serde_json::from_str(&asked.send().await.unwrap().text().await.unwrap()).unwrap();
        let token = given["access_token"].as_str().unwrap_or_else(|| panic!("{given}")).to_owned();
        let application = |authorization: String| {
            let request = client.get(url("application", self.page)).header("Accept", ACCEPT).header("Remote-User", "admin");
            if authorization.is_empty() { request.send() } else { request.header(AUTHORIZATION, authorization).send() }
        };

        let reached = application(format!("bearer {token}")).await.unwrap();
        assert_eq!((reached.status(), reached.text().await.unwrap()), (StatusCode::OK, "It works".to_owned()));
        let seen = self.application.requests.lock().unwrap().concat().to_lowercase();
        assert!(!seen.contains("authelia_at_"), "the application saw the token: {seen}");
        assert!(!seen.contains("admin"), "a visitor said who he is: {seen}");

        let login = application(String::new()).await.unwrap();
        assert_eq!(login.status(), StatusCode::FOUND);
        let location = login.headers()[LOCATION].to_str().unwrap();
        assert!(location.starts_with(&url("auth", "/?rd=")), "{location}");
        assert!(location.contains("a%3Db") == self.page.contains("a=b"), "{location}");

        let rejected = application(format!("bearer authelia_at_{}.{}", "x".repeat(43), "y".repeat(43))).await.unwrap();
        assert_eq!(rejected.status(), StatusCode::UNAUTHORIZED);
        assert!(rejected.headers()[WWW_AUTHENTICATE].to_str().unwrap().contains("invalid_token"));
        assert_eq!(self.application.requests.lock().unwrap().len(), 1, "somebody passed");
    }

    fn client(&self) -> reqwest::Client {
        let here: SocketAddr = ([127, 0, 0, 1], 0).into();
        reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only([reqwest::Certificate::from_pem(self.authority.as_bytes()).unwrap()])
            .resolve("auth.example.com", here)
            .resolve("application.example.com", here)
            .build()
            .unwrap()
    }
}

/// What is watched, with a query where Authelia is told of it.
fn page(proxy: Proxy) -> &'static str {
    match proxy {
        Proxy::Envoy => "/",
        _ => "/?a=b",
    }
}

fn configuration(proxy: Proxy, port: u16) -> Sources {
    let digest = Digest::make(&Secret::new(SECRET.to_owned()), 1_000, vec![7; 16]);
    let (endpoint, implementation, page) = (proxy.endpoint(), proxy.implementation(), page(proxy));
    let text = format!(
        "server: {{endpoints: {{authz: {{{endpoint}: {{implementation: {implementation}, authn_strategies: [
  {{name: HeaderAuthorization, schemes: [Basic, Bearer]}}, {{name: CookieSession}}]}}}}}}}}
session: {{cookies: [{{domain: example.com, authelia_url: 'https://auth.example.com:{port}'}}]}}
access_control: {{rules: [{{domain: application.example.com, policy: one_factor, subject: 'oauth2:client:uptime-kuma'}}]}}
identity_providers: {{oidc: {{clients: [{{client_id: uptime-kuma, client_secret: '{digest}', requested_audience_mode: implicit,
  scopes: [authelia.bearer.authz], audience: ['https://application.example.com:{port}{page}'], grant_types: [client_credentials],
  token_endpoint_auth_method: client_secret_basic}}]}}}}
"
    );
    let mut sources = Sources::default();
    sources.add(Source::new("configuration.yml", text));
    sources
}

/// Writes a certificate for both hosts and answers the authority's.
fn certificate(folder: &Path) -> String {
    let key = rcgen::KeyPair::generate().unwrap();
    let hosts = vec!["auth.example.com".to_owned(), "application.example.com".to_owned()];
    let certificate = rcgen::CertificateParams::new(hosts).unwrap().self_signed(&key).unwrap();
    fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    // HAProxy wants both in one file, and the others do not mind.
    fs::write(folder.join("both.pem"), certificate.pem() + &key.serialize_pem()).unwrap();
    certificate.pem()
}

/// An application that answers everybody who reaches it and remembers what it was asked.
struct Upstream {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Upstream {
    fn start() -> Upstream {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for mut stream in socket.incoming().map_while(Result::ok) {
                let mut request = Vec::new();
                let mut chunk = [0; 4096];
                while !request.windows(4).any(|window| window == b"\r\n\r\n") {
                    match stream.read(&mut chunk) {
                        Ok(count) if count > 0 => request.extend_from_slice(&chunk[..count]),
                        _ => break,
                    }
                }
                if !request.is_empty() {
                    seen.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nIt works");
                }
            }
        });
        Upstream { address, requests }
    }
}

/// A proxy that runs until it is dropped.
struct Process(Child);

impl Process {
    fn start(command: &mut Command, port: u16) -> Process {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = child.try_wait().unwrap();
            if ended.is_some() || Instant::now() > patience {
                let _ = child.kill();
                let output = child.wait_with_output().unwrap();
                panic!("the proxy does not listen: {ended:?} {}", String::from_utf8_lossy(&output.stderr));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Process(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where a program is, or a word on standard error that its test is skipped.
fn installed(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let found = folders.map(|folder| folder.join(program)).find(|file| file.is_file());
    if found.is_none() {
        // Past the capture of the test's own output.
        let _ = writeln!(std::io::stderr(), "skipped: {program} is not installed");
    }
    found
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn base64(text: &str) -> String {
    <base64ct::Base64 as base64ct::Encoding>::encode_string(text.as_bytes())
}

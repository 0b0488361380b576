//! The pages of one application, which share a client.

use super::Page;

/// One host with the pages that are watched there. Each application gets a client of its own: a token that leaks opens one application.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Application {
    /// The host, without port.
    pub host: String,
    /// The port, when it is not that of https.
    pub port: Option<u16>,
    /// Its pages, at least one, each once.
    pub pages: Vec<Page>,
}

impl Application {
    /// The applications of pages, in the order of their first page.
    pub fn of(pages: impl IntoIterator<Item = Page>) -> Vec<Application> {
        let mut applications: Vec<Application> = Vec::new();
        for page in pages {
            let known = applications.iter_mut().find(|known| known.host == page.host() && known.port == page.port());
            match known {
                Some(known) if known.pages.contains(&page) => {}
                Some(known) => known.pages.push(page),
                None => {
                    applications.push(Application { host: page.host().to_owned(), port: page.port(), pages: vec![page] });
                }
            }
        }
        applications
    }

    /// Its pages as an endpoint of an implementation reports them, each once.
    #[must_use]
    pub fn as_reported_to(&self, implementation: &str) -> Application {
        let mut pages: Vec<Page> = Vec::new();
        for page in self.pages.iter().map(|page| page.as_reported_to(implementation)) {
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        Application { pages, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_application_a_host_and_port() {
        let urls = ["https://a.b.c/", "https://x.b.c/", "https://a.b.c/health", "https://A.b.c", "https://a.b.c:8443/"];
        let applications = Application::of(urls.map(|url| Page::parse(url).unwrap()));
        let pages: Vec<usize> = applications.iter().map(|application| application.pages.len()).collect();
        assert_eq!(pages, [2, 1, 1]);
    }
}

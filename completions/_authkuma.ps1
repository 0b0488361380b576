
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'authkuma' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'authkuma'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'authkuma' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a client identifier or a secret from RFC 3986 unreserved characters')
            [CompletionResult]::new('hash', 'hash', [CompletionResultType]::ParameterValue, 'Make the digest of a secret that Authelia stores')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Say what is wrong with a configuration, where, why, and how to mend it')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'List what ''lint'' and ''monitor check'' can say, or explain it')
            [CompletionResult]::new('trace', 'trace', [CompletionResultType]::ParameterValue, 'Say what the server will answer a client, a person or nobody, and which line decides it')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Prove on the live server that a monitor passes, and name the cause when it does not')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tell whether a secret matches a digest, or the one of a client')
            [CompletionResult]::new('tune', 'tune', [CompletionResultType]::ParameterValue, 'Find the work factor that takes a given time on this machine, and what token requests then cost')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Answer as Authelia would, from a configuration of yours, on this machine')
            [CompletionResult]::new('monitor', 'monitor', [CompletionResultType]::ParameterValue, 'Work on the Uptime Kuma side: make its monitors, check them, explain what it shows')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Go the whole way on this machine, against the sandbox, with nothing to set up')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            break
        }
        'authkuma;generate' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('id', 'id', [CompletionResultType]::ParameterValue, 'Make a client identifier')
            [CompletionResult]::new('secret', 'secret', [CompletionResultType]::ParameterValue, 'Make a client secret, with its digest beside it')
            [CompletionResult]::new('client', 'client', [CompletionResultType]::ParameterValue, 'Make everything for a monitored application: client, secret, access rule, authz endpoint, proxy and monitor')
            break
        }
        'authkuma;generate;id' {
            [CompletionResult]::new('--length', '--length', [CompletionResultType]::ParameterName, 'Characters in it; the server allows at most 100')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many to print, one a line')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '''plain'' prints the identifier and nothing else, which is the default')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;generate;secret' {
            [CompletionResult]::new('--length', '--length', [CompletionResultType]::ParameterName, 'Characters in it')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many to print, one a line; more than one come without digests')
            [CompletionResult]::new('--secret-out', '--secret-out', [CompletionResultType]::ParameterName, 'Write the secret to a new file that only you can read, and do not print it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '''plain'' prints the secret and nothing else')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Let --secret-out replace an existing file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;generate;client' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'A page to watch; the pages of one host share a client, every further host gets its own')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'The proxy in front of the application: traefik, nginx, caddy, haproxy, envoy; traefik where no configuration tells')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'The portal''s address, where no configuration says it')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Put the pieces into Authelia''s files or directories: all that the server is given, in its order')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Put the pieces into Authelia''s files or directories: all that the server is given, in its order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'What watches: kuma2, kuma1, gatus, blackbox, prometheus or another form of ''monitor emit''')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The client''s identifier in place of a random one; with several hosts each one''s first label follows it')
            [CompletionResult]::new('--keyword', '--keyword', [CompletionResultType]::ParameterName, 'A word that only the page holds and the login page does not')
            [CompletionResult]::new('--secret-out', '--secret-out', [CompletionResultType]::ParameterName, 'Write the secret to a new file that only you can read, and do not print it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Let --secret-out replace an existing file')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what would change in the files and write nothing, which is the default')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Change the files')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;hash' {
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
            [CompletionResult]::new('--algorithm', '--algorithm', [CompletionResultType]::ParameterName, 'Algorithm: pbkdf2, argon2, scrypt, bcrypt or sha2crypt, or one of their variants by its own name')
            [CompletionResult]::new('--variant', '--variant', [CompletionResultType]::ParameterName, 'Variant: sha1, sha224, sha256, sha384, sha512; argon2id, argon2i, argon2d; scrypt, yescrypt; standard, sha256')
            [CompletionResult]::new('--iterations', '--iterations', [CompletionResultType]::ParameterName, 'Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them')
            [CompletionResult]::new('--cost', '--cost', [CompletionResultType]::ParameterName, 'Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them')
            [CompletionResult]::new('--memory', '--memory', [CompletionResultType]::ParameterName, 'Memory of argon2 in KiB')
            [CompletionResult]::new('--parallelism', '--parallelism', [CompletionResultType]::ParameterName, 'Lanes of argon2 and scrypt')
            [CompletionResult]::new('--block-size', '--block-size', [CompletionResultType]::ParameterName, 'Block size of scrypt, in units of 128 bytes')
            [CompletionResult]::new('--key-size', '--key-size', [CompletionResultType]::ParameterName, 'Bytes of key of argon2 and scrypt')
            [CompletionResult]::new('--salt-size', '--salt-size', [CompletionResultType]::ParameterName, 'Bytes of salt')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Digests of the batch to work on at a time; all cores without it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '''plain'' prints the digest and nothing else, which is the default')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read many secrets, one a line, and print their digests in the same order')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'A NUL ends each secret of the batch instead of a line break')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'A NUL ends each secret of the batch instead of a line break')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;lint' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the answer')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write a further form of the answer to a file, such as sarif:results.sarif; may be repeated')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume [default: that of the project file, or the newest known]')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only what concerns this client')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Only these rules')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Not these rules')
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Drop findings below: note, warning, error')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Count findings of this severity and above as errors: warnings, notes (which else do not change the exit status)')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'The project file [default: the nearest authkuma.toml, from this folder upwards]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--whole', '--whole', [CompletionResultType]::ParameterName, 'Report missing sections, whatever sections there are')
            [CompletionResult]::new('--fragment', '--fragment', [CompletionResultType]::ParameterName, 'Report no missing sections')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what can be mended safely, and report what is left')
            [CompletionResult]::new('--unsafe-fixes', '--unsafe-fixes', [CompletionResultType]::ParameterName, 'With --fix or --diff, also mend what changes who is admitted')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what --fix would change and write nothing, even beside --fix')
            [CompletionResult]::new('--exit-zero', '--exit-zero', [CompletionResultType]::ParameterName, 'Leave with 0 even when there are findings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;rule' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the answer')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;trace' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Configuration files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client [default: the only one, else the only bearer client, or the only one whose audience covers the URL]')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'What is monitored, as it stands in the monitor''s URL; without one only the token is asked for')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'The authz endpoint that the proxy asks [default: the only one that reads tokens]')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The method of the monitor [default: GET]')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The audience that is asked for, as in the monitor''s OAuth Audience [default: none]')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'The resource of RFC 8707 that is asked for [default: none]')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'The scopes that are asked for; empty asks for none [default: authelia.bearer.authz]')
            [CompletionResult]::new('--ip', '--ip', [CompletionResultType]::ParameterName, 'Where the request comes from [default: unknown]')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'The Accept header [default: that of Uptime Kuma]')
            [CompletionResult]::new('--credential', '--credential', [CompletionResultType]::ParameterName, 'What comes with the request [default: token]')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Ask about a person who is logged in, rather than a client')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'A group of that person; may be repeated')
            [CompletionResult]::new('--factors', '--factors', [CompletionResultType]::ParameterName, 'How many factors that person has given [default: 2]')
            [CompletionResult]::new('--cases', '--cases', [CompletionResultType]::ParameterName, 'Ask the questions of this file, a list in YAML or JSON; ''-'' is standard input. A ''url'' there is what the proxy reports, letter by letter. With ''expect'' in each it is a policy test')
            [CompletionResult]::new('--upgrade', '--upgrade', [CompletionResultType]::ParameterName, 'Ask under two releases, and list the answers that change; without a question, what a monitor of every client would ask')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the answer')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--wrong-secret', '--wrong-secret', [CompletionResultType]::ParameterName, 'Ask for the token with a wrong secret')
            [CompletionResult]::new('--nobody', '--nobody', [CompletionResultType]::ParameterName, 'Ask about a visitor who has not logged in')
            [CompletionResult]::new('--all-rules', '--all-rules', [CompletionResultType]::ParameterName, 'Show every access rule with each of its criteria, hit or miss')
            [CompletionResult]::new('--explain-shadow', '--explain-shadow', [CompletionResultType]::ParameterName, 'Name the rules that would decide the request if an earlier one did not take it away')
            [CompletionResult]::new('--reach', '--reach', [CompletionResultType]::ParameterName, 'List what the client can reach at all, and who else the same rules let in')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;probe' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The monitored URL, as the other commands name it')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'The portal''s URL, as people see it [default: from --config]')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client''s identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Whose requests are made: kuma2, kuma1 or resource (RFC 8707, which no Uptime Kuma sends)')
            [CompletionResult]::new('--token-url', '--token-url', [CompletionResultType]::ParameterName, 'The monitor''s OAuth Token URL [default: /api/oidc/token below the portal]')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The monitor''s OAuth Audience, sent with the token request')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'The monitor''s OAuth Scope')
            [CompletionResult]::new('--auth-method', '--auth-method', [CompletionResultType]::ParameterName, 'The monitor''s Authentication Method, as the client''s `token_endpoint_auth_method` names it')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The monitor''s HTTP method')
            [CompletionResult]::new('--keyword', '--keyword', [CompletionResultType]::ParameterName, 'A text that the page must hold')
            [CompletionResult]::new('--authelia', '--authelia', [CompletionResultType]::ParameterName, 'Authelia''s own address with its scheme, which is mostly http and port 9091; its authz endpoint is asked there as the reverse proxy asks it')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'The authz endpoint''s name [default: the only one that takes Bearer, with --config]')
            [CompletionResult]::new('--implementation', '--implementation', [CompletionResultType]::ParameterName, 'How the authz endpoint is asked, as its `implementation` names it [default: from --config, or by its name]')
            [CompletionResult]::new('--ip', '--ip', [CompletionResultType]::ParameterName, 'The visitor''s address for rules with networks, at --authelia')
            [CompletionResult]::new('--outside', '--outside', [CompletionResultType]::ParameterName, 'A URL that the token must not open [default: one that the probe finds]')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Leave steps out, divided by commas')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Take these steps alone, divided by commas')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'The server''s configuration, files and directories; fills in what no option names, and what it makes the server answer is shown')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The server''s configuration, files and directories; fills in what no option names, and what it makes the server answer is shown')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume where the configuration says what to expect')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the answer [default: table on a terminal, else plain]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the answer in a further form to a file, such as openmetrics:authkuma.prom; may be repeated')
            [CompletionResult]::new('--targets', '--targets', [CompletionResultType]::ParameterName, 'Probe every target of a YAML or JSON file, ''-'' is standard input; each target is named by the options'' names and has its own secret or the common one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Probe every active monitor with client credentials in Uptime Kuma''s database, with the secrets that it holds')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Targets that are asked at the same time')
            [CompletionResult]::new('--per-host', '--per-host', [CompletionResultType]::ParameterName, 'Targets on the same host that are asked at the same time')
            [CompletionResult]::new('--push-url-file', '--push-url-file', [CompletionResultType]::ParameterName, 'Tell an Uptime Kuma push monitor what came of it; the file holds the push URL, which is a secret, on its first line')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Probe again after this time, such as 5m, until stopped')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the authorities of a PEM file too; may be repeated')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Show this client certificate, a PEM file')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The client certificate''s private key, a PEM file')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use an address in place of a name, such as app.example.com:443:127.0.0.1; it may have a port of its own; may be repeated')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Seconds that a connection may take')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds that a request may take, its answer included; a token request never takes more than Uptime Kuma''s 10')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--direct', '--direct', [CompletionResultType]::ParameterName, 'Ask for everything of the portal at --authelia too, with the headers that its reverse proxy sets')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Probe every audience of the client, as --config has them')
            [CompletionResult]::new('-4', '-4', [CompletionResultType]::ParameterName, 'Use IPv4 alone')
            [CompletionResult]::new('--ipv4', '--ipv4', [CompletionResultType]::ParameterName, 'Use IPv4 alone')
            [CompletionResult]::new('-6', '-6', [CompletionResultType]::ParameterName, 'Use IPv6 alone')
            [CompletionResult]::new('--ipv6', '--ipv6', [CompletionResultType]::ParameterName, 'Use IPv6 alone')
            [CompletionResult]::new('--no-proxy', '--no-proxy', [CompletionResultType]::ParameterName, 'Leave the proxies that the environment names aside')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Do not check certificates; the result says so')
            [CompletionResult]::new('--insecure-http', '--insecure-http', [CompletionResultType]::ParameterName, 'Send secrets and tokens over plain http to other machines; the result says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;verify' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Take the digest from a configuration: files and directories, merged as the server merges them')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the digest from a configuration: files and directories, merged as the server merges them')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client whose secret it should be; not needed when there is only one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the answer; ''plain'' says whether it matches on standard error, and prints what --all finds')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Tell which of the configured clients the secret belongs to')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;tune' {
            [CompletionResult]::new('--target-ms', '--target-ms', [CompletionResultType]::ParameterName, 'Milliseconds that one token request may take')
            [CompletionResult]::new('--algorithm', '--algorithm', [CompletionResultType]::ParameterName, 'Look at this algorithm alone; without it at one of every family, and pbkdf2-sha512 is proposed')
            [CompletionResult]::new('--variant', '--variant', [CompletionResultType]::ParameterName, 'Variant of the algorithm, as for ''hash''')
            [CompletionResult]::new('--monitors', '--monitors', [CompletionResultType]::ParameterName, 'Monitors that will ask for tokens')
            [CompletionResult]::new('--token-lifetime', '--token-lifetime', [CompletionResultType]::ParameterName, 'Seconds that a token lives; the server''s default is an hour')
            [CompletionResult]::new('--cores', '--cores', [CompletionResultType]::ParameterName, 'Cores of the server; those of this machine without it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the answer')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;sandbox' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen; port 0 takes a free one')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Serve an application behind an embedded proxy that asks for every request, on a port of its own')
            [CompletionResult]::new('--app-port', '--app-port', [CompletionResultType]::ParameterName, 'The port of the first application; the next ones follow')
            [CompletionResult]::new('--portal-port', '--portal-port', [CompletionResultType]::ParameterName, 'The port of that one')
            [CompletionResult]::new('--faults', '--faults', [CompletionResultType]::ParameterName, 'What goes wrong on purpose, with its probability: latency, error, drop, expired')
            [CompletionResult]::new('--fault-delay', '--fault-delay', [CompletionResultType]::ParameterName, 'How late an answer with the fault ''latency'' comes')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The same seed brings the same faults')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--allow-remote', '--allow-remote', [CompletionResultType]::ParameterName, 'Allow an address that other machines can reach')
            [CompletionResult]::new('--tls', '--tls', [CompletionResultType]::ParameterName, 'Speak TLS, with a throw-away certificate whose authority''s file is printed')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Serve the portal behind an embedded proxy, as if it were at its own name, on a port of its own')
            [CompletionResult]::new('--rate-limits', '--rate-limits', [CompletionResultType]::ParameterName, 'Limit token requests as the server does')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Answer from the new configuration when a file changes, and from the old one when the new one does not load')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Write no line for each request')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Write no line for each request')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;monitor' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold Uptime Kuma''s monitors against Authelia''s configuration')
            [CompletionResult]::new('emit', 'emit', [CompletionResultType]::ParameterValue, 'Write a monitor''s settings in the form of the program that is to watch')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Tell the cause and the mend of a message that Uptime Kuma shows')
            break
        }
        'authkuma;monitor;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Uptime Kuma''s kuma.db, or the data folder that holds it')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Authelia''s files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Authelia''s files and directories, merged as the server merges them; ''-'' is standard input')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Only the monitor of this number; may be repeated')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'The authz endpoint that the proxy asks [default: the one that opens the page]')
            [CompletionResult]::new('--ip', '--ip', [CompletionResultType]::ParameterName, 'The address that Uptime Kuma asks from, as the proxy reports it')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume')
            [CompletionResult]::new('--upgrade', '--upgrade', [CompletionResultType]::ParameterName, 'Compare two releases, such as 4.39.20:4.39.23: which monitors the second refuses and the first does not, and the audience list that works under both')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the answer')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List what can be found, and look at nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;monitor;emit' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The page to watch')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'The form of the answer')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Take portal, method and audience from Authelia''s files or directories; ''-'' is standard input')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take portal, method and audience from Authelia''s files or directories; ''-'' is standard input')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Which Authelia''s behaviour to assume, to tell whether the monitor will pass')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client''s identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'The portal''s address when no configuration says it')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The audience to ask for, in place of the URL; empty asks for none')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The monitor''s name, in place of the URL''s host')
            [CompletionResult]::new('--keyword', '--keyword', [CompletionResultType]::ParameterName, 'A word that only the page holds and the login page does not')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Seconds between checks')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Failures that are retried before the monitor counts as down')
            [CompletionResult]::new('--secret-variable', '--secret-variable', [CompletionResultType]::ParameterName, 'The environment variable that will hold the secret')
            [CompletionResult]::new('--secret-path', '--secret-path', [CompletionResultType]::ParameterName, 'The file that will hold the secret where the monitor runs')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--post', '--post', [CompletionResultType]::ParameterName, 'Send the secret in the body (`client_secret_post`) when no configuration says how')
            [CompletionResult]::new('--inline-secret', '--inline-secret', [CompletionResultType]::ParameterName, 'Write the secret itself into the answer; it is read as by `authkuma hash`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;monitor;explain' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Explain every failing monitor of this kuma.db, or of the data folder that holds it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the answer')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;demo' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;man' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

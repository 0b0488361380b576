
use builtin;
use str;

set edit:completion:arg-completer[authkuma] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'authkuma'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'authkuma'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand generate 'Make a client identifier or a secret from RFC 3986 unreserved characters'
            cand hash 'Make the digest of a secret that Authelia stores'
            cand lint 'Say what is wrong with a configuration, where, why, and how to mend it'
            cand rule 'List what ''lint'' can say, or explain it'
            cand probe 'Prove on the live server that a monitor passes, and name the cause when it does not'
            cand verify 'Tell whether a secret matches a digest, or the one of a client'
            cand tune 'Find the work factor that takes a given time on this machine, and what token requests then cost'
            cand sandbox 'Answer as Authelia would, from a configuration of yours, on this machine'
            cand monitor 'Work on the Uptime Kuma side: make its monitors, check them, explain what it shows'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page'
        }
        &'authkuma;generate'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand id 'Make a client identifier'
            cand secret 'Make a client secret, with its digest beside it'
            cand client 'Make everything for a monitored application: client, secret, access rule, authz endpoint, proxy and monitor'
        }
        &'authkuma;generate;id'= {
            cand --length 'Characters in it; the server allows at most 100'
            cand --count 'How many to print, one a line'
            cand --format '''plain'' prints the identifier and nothing else, which is the default'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;generate;secret'= {
            cand --length 'Characters in it'
            cand --count 'How many to print, one a line; more than one come without digests'
            cand --secret-out 'Write the secret to a new file that only you can read, and do not print it'
            cand --format '''plain'' prints the secret and nothing else'
            cand --color 'Colour in the answer'
            cand --force 'Let --secret-out replace an existing file'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;generate;client'= {
            cand --url 'A page to watch; the pages of one host share a client, every further host gets its own'
            cand --proxy 'The proxy in front of the application: traefik, nginx, caddy, haproxy, envoy; traefik where no configuration tells'
            cand --portal 'The portal''s address, where no configuration says it'
            cand -c 'Put the pieces into Authelia''s files or directories: all that the server is given, in its order'
            cand --config 'Put the pieces into Authelia''s files or directories: all that the server is given, in its order'
            cand --for 'What watches: kuma2, kuma1, gatus, blackbox, prometheus or another form of ''monitor emit'''
            cand --id 'The client''s identifier in place of a random one; with several hosts each one''s first label follows it'
            cand --keyword 'A word that only the page holds and the login page does not'
            cand --secret-out 'Write the secret to a new file that only you can read, and do not print it'
            cand --color 'Colour in the answer'
            cand --force 'Let --secret-out replace an existing file'
            cand --diff 'Show what would change in the files and write nothing, which is the default'
            cand --write 'Change the files'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;hash'= {
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
            cand --algorithm 'Algorithm: pbkdf2, argon2, scrypt, bcrypt or sha2crypt, or one of their variants by its own name'
            cand --variant 'Variant: sha1, sha224, sha256, sha384, sha512; argon2id, argon2i, argon2d; scrypt, yescrypt; standard, sha256'
            cand --iterations 'Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them'
            cand --cost 'Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them'
            cand --memory 'Memory of argon2 in KiB'
            cand --parallelism 'Lanes of argon2 and scrypt'
            cand --block-size 'Block size of scrypt, in units of 128 bytes'
            cand --key-size 'Bytes of key of argon2 and scrypt'
            cand --salt-size 'Bytes of salt'
            cand --jobs 'Digests of the batch to work on at a time; all cores without it'
            cand --format '''plain'' prints the digest and nothing else, which is the default'
            cand --color 'Colour in the answer'
            cand --batch 'Read many secrets, one a line, and print their digests in the same order'
            cand -0 'A NUL ends each secret of the batch instead of a line break'
            cand --null 'A NUL ends each secret of the batch instead of a line break'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;lint'= {
            cand --format 'The form of the answer'
            cand --output 'Write a further form of the answer to a file, such as sarif:results.sarif; may be repeated'
            cand --target 'Which Authelia''s behaviour to assume [default: that of the project file, or the newest known]'
            cand --client 'Only what concerns this client'
            cand --select 'Only these rules'
            cand --ignore 'Not these rules'
            cand --min-severity 'Drop findings below: note, warning, error'
            cand --deny 'Count findings of this severity and above as errors: warnings, notes (which else do not change the exit status)'
            cand --project 'The project file [default: the nearest authkuma.toml, from this folder upwards]'
            cand --color 'Colour in the answer'
            cand --whole 'Report missing sections, whatever sections there are'
            cand --fragment 'Report no missing sections'
            cand --fix 'Mend what can be mended safely, and report what is left'
            cand --unsafe-fixes 'With --fix or --diff, also mend what changes who is admitted'
            cand --diff 'Show what --fix would change and write nothing'
            cand --exit-zero 'Leave with 0 even when there are findings'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;rule'= {
            cand --format 'The form of the answer'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;probe'= {
            cand --portal 'The portal''s URL, as people see it [default: from --config]'
            cand --client 'The client''s identifier [default: the only client with the scope authelia.bearer.authz, with --config]'
            cand --as 'Whose requests are made: kuma2, kuma1 or resource (RFC 8707, which no Uptime Kuma sends)'
            cand --token-url 'The monitor''s OAuth Token URL [default: /api/oidc/token below the portal]'
            cand --audience 'The monitor''s OAuth Audience, sent with the token request'
            cand --scope 'The monitor''s OAuth Scope'
            cand --auth-method 'The monitor''s Authentication Method, as the client''s `token_endpoint_auth_method` names it'
            cand --method 'The monitor''s HTTP method'
            cand --keyword 'A text that the page must hold'
            cand --authelia 'Authelia''s own address with its scheme, which is mostly http and port 9091; its authz endpoint is asked there as the reverse proxy asks it'
            cand --endpoint 'The authz endpoint''s name [default: the only one that takes Bearer, with --config]'
            cand --implementation 'How the authz endpoint is asked, as its `implementation` names it [default: from --config, or by its name]'
            cand --ip 'The visitor''s address for rules with networks, at --authelia'
            cand --outside 'A URL that the token must not open [default: one that the probe finds]'
            cand --skip 'Leave steps out, divided by commas'
            cand --only 'Take these steps alone, divided by commas'
            cand -c 'The server''s configuration, files and directories; fills in what no option names, and what it makes the server answer is shown'
            cand --config 'The server''s configuration, files and directories; fills in what no option names, and what it makes the server answer is shown'
            cand --target 'Which Authelia''s behaviour to assume where the configuration says what to expect'
            cand --format 'The form of the answer [default: table on a terminal, else plain]'
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
            cand --cacert 'Trust the authorities of a PEM file too; may be repeated'
            cand --cert 'Show this client certificate, a PEM file'
            cand --key 'The client certificate''s private key, a PEM file'
            cand --resolve 'Use an address in place of a name, such as app.example.com:443:127.0.0.1; it may have a port of its own; may be repeated'
            cand --connect-timeout 'Seconds that a connection may take'
            cand --timeout 'Seconds that a request may take, its answer included; a token request never takes more than Uptime Kuma''s 10'
            cand --color 'Colour in the answer'
            cand --direct 'Ask for everything of the portal at --authelia too, with the headers that its reverse proxy sets'
            cand -4 'Use IPv4 alone'
            cand --ipv4 'Use IPv4 alone'
            cand -6 'Use IPv6 alone'
            cand --ipv6 'Use IPv6 alone'
            cand --no-proxy 'Leave the proxies that the environment names aside'
            cand --insecure 'Do not check certificates; the result says so'
            cand --insecure-http 'Send secrets and tokens over plain http to other machines; the result says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;verify'= {
            cand -c 'Take the digest from a configuration: files and directories, merged as the server merges them'
            cand --config 'Take the digest from a configuration: files and directories, merged as the server merges them'
            cand --client 'The client whose secret it should be; not needed when there is only one'
            cand --format 'The form of the answer; ''plain'' says whether it matches on standard error, and prints what --all finds'
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
            cand --color 'Colour in the answer'
            cand --all 'Tell which of the configured clients the secret belongs to'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;tune'= {
            cand --target-ms 'Milliseconds that one token request may take'
            cand --algorithm 'Look at this algorithm alone; without it at one of every family, and pbkdf2-sha512 is proposed'
            cand --variant 'Variant of the algorithm, as for ''hash'''
            cand --monitors 'Monitors that will ask for tokens'
            cand --token-lifetime 'Seconds that a token lives; the server''s default is an hour'
            cand --cores 'Cores of the server; those of this machine without it'
            cand --format 'The form of the answer'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;sandbox'= {
            cand -c 'Files and directories, merged as the server merges them; ''-'' is standard input'
            cand --config 'Files and directories, merged as the server merges them; ''-'' is standard input'
            cand --listen 'Where to listen; port 0 takes a free one'
            cand --target 'Which Authelia''s behaviour to assume'
            cand --app 'Serve an application behind an embedded proxy that asks for every request, on a port of its own'
            cand --app-port 'The port of the first application; the next ones follow'
            cand --portal-port 'The port of that one'
            cand --faults 'What goes wrong on purpose, with its probability: latency, error, drop, expired'
            cand --fault-delay 'How late an answer with the fault ''latency'' comes'
            cand --seed 'The same seed brings the same faults'
            cand --color 'Colour in the answer'
            cand --allow-remote 'Allow an address that other machines can reach'
            cand --tls 'Speak TLS, with a throw-away certificate whose authority''s file is printed'
            cand --portal 'Serve the portal behind an embedded proxy, as if it were at its own name, on a port of its own'
            cand --rate-limits 'Limit token requests as the server does'
            cand --watch 'Answer from the new configuration when a file changes, and from the old one when the new one does not load'
            cand -q 'Write no line for each request'
            cand --quiet 'Write no line for each request'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;monitor'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand check 'Hold Uptime Kuma''s monitors against Authelia''s configuration'
            cand emit 'Write a monitor''s settings in the form of the program that is to watch'
            cand explain 'Tell the cause and the mend of a message that Uptime Kuma shows'
        }
        &'authkuma;monitor;check'= {
            cand --db 'Uptime Kuma''s kuma.db, or the data folder that holds it'
            cand -c 'Authelia''s files and directories, merged as the server merges them; ''-'' is standard input'
            cand --config 'Authelia''s files and directories, merged as the server merges them; ''-'' is standard input'
            cand --id 'Only the monitors of these numbers'
            cand --endpoint 'The authz endpoint that the proxy asks [default: the one that opens the page]'
            cand --ip 'The address that Uptime Kuma asks from, as the proxy reports it'
            cand --target 'Which Authelia''s behaviour to assume'
            cand --upgrade 'Tell what is refused by the second release and not by the first, and what works under both, such as 4.39.20:4.39.23'
            cand --format 'Form of the answer'
            cand --color 'Colour in the answer'
            cand --list 'List what can be found, and look at nothing'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;monitor;emit'= {
            cand --url 'The page to watch'
            cand --for 'The form of the answer'
            cand -c 'Take portal, method and audience from Authelia''s files or directories; ''-'' is standard input'
            cand --config 'Take portal, method and audience from Authelia''s files or directories; ''-'' is standard input'
            cand --target 'Which Authelia''s behaviour to assume, to tell whether the monitor will pass'
            cand --client 'The client''s identifier; with --config the only bearer client unless another is named'
            cand --portal 'The portal''s address when no configuration says it'
            cand --audience 'The audience to ask for, in place of the URL; empty asks for none'
            cand --name 'The monitor''s name, in place of the URL''s host'
            cand --keyword 'A word that only the page holds and the login page does not'
            cand --interval 'Seconds between checks'
            cand --retries 'Failures that are retried before the monitor counts as down'
            cand --secret-variable 'The environment variable that will hold the secret'
            cand --secret-path 'The file that will hold the secret where the monitor runs'
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
            cand --color 'Colour in the answer'
            cand --post 'Send the secret in the body (`client_secret_post`) when no configuration says how'
            cand --inline-secret 'Write the secret itself into the answer; it is read as by `authkuma hash`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;monitor;explain'= {
            cand --db 'Explain every failing monitor of this kuma.db, or of the data folder that holds it'
            cand --format 'Form of the answer'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;completions'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;man'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
    ]
    $completions[$command]
}

# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_authkuma_global_optspecs
    string join \n color= h/help V/version
end

function __fish_authkuma_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_authkuma_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_authkuma_using_subcommand
    set -l cmd (__fish_authkuma_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c authkuma -n "__fish_authkuma_needs_command" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_needs_command" -s V -l version -d 'Print version'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "generate" -d 'Make a client identifier or a secret from RFC 3986 unreserved characters'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "hash" -d 'Make the digest of a secret that Authelia stores'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "lint" -d 'Say what is wrong with a configuration, where, why, and how to mend it'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "rule" -d 'List what \'lint\' and \'monitor check\' can say, or explain it'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "trace" -d 'Say what the server will answer a client, a person or nobody, and which line decides it'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "probe" -d 'Prove on the live server that a monitor passes, and name the cause when it does not'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "verify" -d 'Tell whether a secret matches a digest, or the one of a client'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "tune" -d 'Find the work factor that takes a given time on this machine, and what token requests then cost'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "sandbox" -d 'Answer as Authelia would, from a configuration of yours, on this machine'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "monitor" -d 'Work on the Uptime Kuma side: make its monitors, check them, explain what it shows'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "demo" -d 'Go the whole way on this machine, against the sandbox, with nothing to set up'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "man" -d 'Print a manual page'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret client" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret client" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret client" -f -a "id" -d 'Make a client identifier'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret client" -f -a "secret" -d 'Make a client secret, with its digest beside it'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret client" -f -a "client" -d 'Make everything for a monitored application: client, secret, access rule, authz endpoint, proxy and monitor'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l length -d 'Characters in it; the server allows at most 100' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l count -d 'How many to print, one a line' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l format -d '\'plain\' prints the identifier and nothing else, which is the default' -r -f -a "plain\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l length -d 'Characters in it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l count -d 'How many to print, one a line; more than one come without digests' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l secret-out -d 'Write the secret to a new file that only you can read, and do not print it' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l format -d '\'plain\' prints the secret and nothing else' -r -f -a "plain\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l force -d 'Let --secret-out replace an existing file'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l url -d 'A page to watch; the pages of one host share a client, every further host gets its own' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l proxy -d 'The proxy in front of the application: traefik, nginx, caddy, haproxy, envoy; traefik where no configuration tells' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l portal -d 'The portal\'s address, where no configuration says it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -s c -l config -d 'Put the pieces into Authelia\'s files or directories: all that the server is given, in its order' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l for -d 'What watches: kuma2, kuma1, gatus, blackbox, prometheus or another form of \'monitor emit\'' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l id -d 'The client\'s identifier in place of a random one; with several hosts each one\'s first label follows it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l keyword -d 'A word that only the page holds and the login page does not' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l secret-out -d 'Write the secret to a new file that only you can read, and do not print it' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l force -d 'Let --secret-out replace an existing file'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l diff -d 'Show what would change in the files and write nothing, which is the default'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -l write -d 'Change the files'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from client" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l algorithm -d 'Algorithm: pbkdf2, argon2, scrypt, bcrypt or sha2crypt, or one of their variants by its own name' -r -f -a "pbkdf2\t''
argon2\t''
scrypt\t''
bcrypt\t''
sha2crypt\t''
pbkdf2-sha512\t''
pbkdf2-sha384\t''
pbkdf2-sha256\t''
pbkdf2-sha224\t''
pbkdf2-sha1\t''
argon2id\t''
argon2i\t''
argon2d\t''
yescrypt\t''
bcrypt-sha256\t''
sha512crypt\t''
sha256crypt\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l variant -d 'Variant: sha1, sha224, sha256, sha384, sha512; argon2id, argon2i, argon2d; scrypt, yescrypt; standard, sha256' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l iterations -l cost -d 'Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l memory -d 'Memory of argon2 in KiB' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l parallelism -d 'Lanes of argon2 and scrypt' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l block-size -d 'Block size of scrypt, in units of 128 bytes' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l key-size -d 'Bytes of key of argon2 and scrypt' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l salt-size -d 'Bytes of salt' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l jobs -d 'Digests of the batch to work on at a time; all cores without it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l format -d '\'plain\' prints the digest and nothing else, which is the default' -r -f -a "plain\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l batch -d 'Read many secrets, one a line, and print their digests in the same order'
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -s 0 -l null -d 'A NUL ends each secret of the batch instead of a line break'
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l format -d 'The form of the answer' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l output -d 'Write a further form of the answer to a file, such as sarif:results.sarif; may be repeated' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l target -d 'Which Authelia\'s behaviour to assume [default: that of the project file, or the newest known]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l client -d 'Only what concerns this client' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l select -d 'Only these rules' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l ignore -d 'Not these rules' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l min-severity -d 'Drop findings below: note, warning, error' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l deny -d 'Count findings of this severity and above as errors: warnings, notes (which else do not change the exit status)' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l project -d 'The project file [default: the nearest authkuma.toml, from this folder upwards]' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l whole -d 'Report missing sections, whatever sections there are'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l fragment -d 'Report no missing sections'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l fix -d 'Mend what can be mended safely, and report what is left'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l unsafe-fixes -d 'With --fix or --diff, also mend what changes who is admitted'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l diff -d 'Show what --fix would change and write nothing, even beside --fix'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -l exit-zero -d 'Leave with 0 even when there are findings'
complete -c authkuma -n "__fish_authkuma_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand rule" -l format -d 'The form of the answer' -r -f -a "plain\t'For people'
json\t'A versioned document'"
complete -c authkuma -n "__fish_authkuma_using_subcommand rule" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand rule" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -s c -l config -d 'Configuration files and directories, merged as the server merges them; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l client -d 'The client [default: the only one, else the only bearer client, or the only one whose audience covers the URL]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l url -d 'What is monitored, as it stands in the monitor\'s URL; without one only the token is asked for' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l endpoint -d 'The authz endpoint that the proxy asks [default: the only one that reads tokens]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l method -d 'The method of the monitor [default: GET]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l audience -d 'The audience that is asked for, as in the monitor\'s OAuth Audience [default: none]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l resource -d 'The resource of RFC 8707 that is asked for [default: none]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l scope -d 'The scopes that are asked for; empty asks for none [default: authelia.bearer.authz]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l ip -d 'Where the request comes from [default: unknown]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l accept -d 'The Accept header [default: that of Uptime Kuma]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l credential -d 'What comes with the request [default: token]' -r -f -a "token\t'The token that was asked for, as \'Authorization: Bearer\''
none\t'Nothing'
unknown-token\t'A token that looks like one of the server\'s and was never issued'
foreign\t'A token that does not look like one of the server\'s'
basic\t'The client\'s id and secret, as \'Authorization: Basic\''
proxy-authorization\t'The token, as \'Proxy-Authorization: Bearer\''"
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l user -d 'Ask about a person who is logged in, rather than a client' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l group -d 'A group of that person; may be repeated' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l factors -d 'How many factors that person has given [default: 2]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l cases -d 'Ask the questions of this file, a list in YAML or JSON; \'-\' is standard input. A \'url\' there is what the proxy reports, letter by letter. With \'expect\' in each it is a policy test' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l upgrade -d 'Ask under two releases, and list the answers that change; without a question, what a monitor of every client would ask' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l target -d 'Which Authelia\'s behaviour to assume' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l format -d 'Form of the answer' -r -f -a "plain\t''
json\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l wrong-secret -d 'Ask for the token with a wrong secret'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l nobody -d 'Ask about a visitor who has not logged in'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l all-rules -d 'Show every access rule with each of its criteria, hit or miss'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l explain-shadow -d 'Name the rules that would decide the request if an earlier one did not take it away'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -l reach -d 'List what the client can reach at all, and who else the same rules let in'
complete -c authkuma -n "__fish_authkuma_using_subcommand trace" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l url -d 'The monitored URL, as the other commands name it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l portal -d 'The portal\'s URL, as people see it [default: from --config]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l client -d 'The client\'s identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l as -d 'Whose requests are made: kuma2, kuma1 or resource (RFC 8707, which no Uptime Kuma sends)' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l token-url -d 'The monitor\'s OAuth Token URL [default: /api/oidc/token below the portal]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l audience -d 'The monitor\'s OAuth Audience, sent with the token request' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l scope -d 'The monitor\'s OAuth Scope' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l auth-method -d 'The monitor\'s Authentication Method, as the client\'s `token_endpoint_auth_method` names it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l method -d 'The monitor\'s HTTP method' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l keyword -d 'A text that the page must hold' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l authelia -d 'Authelia\'s own address with its scheme, which is mostly http and port 9091; its authz endpoint is asked there as the reverse proxy asks it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l endpoint -d 'The authz endpoint\'s name [default: the only one that takes Bearer, with --config]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l implementation -d 'How the authz endpoint is asked, as its `implementation` names it [default: from --config, or by its name]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l ip -d 'The visitor\'s address for rules with networks, at --authelia' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l outside -d 'A URL that the token must not open [default: one that the probe finds]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l skip -d 'Leave steps out, divided by commas' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l only -d 'Take these steps alone, divided by commas' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -s c -l config -d 'The server\'s configuration, files and directories; fills in what no option names, and what it makes the server answer is shown' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l target -d 'Which Authelia\'s behaviour to assume where the configuration says what to expect' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l format -d 'The form of the answer [default: table on a terminal, else plain]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l output -d 'Write the answer in a further form to a file, such as openmetrics:authkuma.prom; may be repeated' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l targets -d 'Probe every target of a YAML or JSON file, \'-\' is standard input; each target is named by the options\' names and has its own secret or the common one' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l db -d 'Probe every active monitor with client credentials in Uptime Kuma\'s database, with the secrets that it holds' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l jobs -d 'Targets that are asked at the same time' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l per-host -d 'Targets on the same host that are asked at the same time' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l push-url-file -d 'Tell an Uptime Kuma push monitor what came of it; the file holds the push URL, which is a secret, on its first line' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l watch -d 'Probe again after this time, such as 5m, until stopped' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l cacert -d 'Trust the authorities of a PEM file too; may be repeated' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l cert -d 'Show this client certificate, a PEM file' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l key -d 'The client certificate\'s private key, a PEM file' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l resolve -d 'Use an address in place of a name, such as app.example.com:443:127.0.0.1; it may have a port of its own; may be repeated' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l connect-timeout -d 'Seconds that a connection may take' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l timeout -d 'Seconds that a request may take, its answer included; a token request never takes more than Uptime Kuma\'s 10' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l direct -d 'Ask for everything of the portal at --authelia too, with the headers that its reverse proxy sets'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l all -d 'Probe every audience of the client, as --config has them'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -s 4 -l ipv4 -d 'Use IPv4 alone'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -s 6 -l ipv6 -d 'Use IPv6 alone'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l no-proxy -d 'Leave the proxies that the environment names aside'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l insecure -d 'Do not check certificates; the result says so'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -l insecure-http -d 'Send secrets and tokens over plain http to other machines; the result says so'
complete -c authkuma -n "__fish_authkuma_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -s c -l config -d 'Take the digest from a configuration: files and directories, merged as the server merges them' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l client -d 'The client whose secret it should be; not needed when there is only one' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l format -d 'The form of the answer; \'plain\' says whether it matches on standard error, and prints what --all finds' -r -f -a "plain\t''
json\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l all -d 'Tell which of the configured clients the secret belongs to'
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l target-ms -d 'Milliseconds that one token request may take' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l algorithm -d 'Look at this algorithm alone; without it at one of every family, and pbkdf2-sha512 is proposed' -r -f -a "pbkdf2\t''
argon2\t''
scrypt\t''
bcrypt\t''
sha2crypt\t''
pbkdf2-sha512\t''
pbkdf2-sha384\t''
pbkdf2-sha256\t''
pbkdf2-sha224\t''
pbkdf2-sha1\t''
argon2id\t''
argon2i\t''
argon2d\t''
yescrypt\t''
bcrypt-sha256\t''
sha512crypt\t''
sha256crypt\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l variant -d 'Variant of the algorithm, as for \'hash\'' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l monitors -d 'Monitors that will ask for tokens' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l token-lifetime -d 'Seconds that a token lives; the server\'s default is an hour' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l cores -d 'Cores of the server; those of this machine without it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l format -d 'The form of the answer' -r -f -a "plain\t''
json\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand tune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -s c -l config -d 'Files and directories, merged as the server merges them; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l listen -d 'Where to listen; port 0 takes a free one' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l target -d 'Which Authelia\'s behaviour to assume' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l app -d 'Serve an application behind an embedded proxy that asks for every request, on a port of its own' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l app-port -d 'The port of the first application; the next ones follow' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l portal-port -d 'The port of that one' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l faults -d 'What goes wrong on purpose, with its probability: latency, error, drop, expired' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l fault-delay -d 'How late an answer with the fault \'latency\' comes' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l seed -d 'The same seed brings the same faults' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l allow-remote -d 'Allow an address that other machines can reach'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l tls -d 'Speak TLS, with a throw-away certificate whose authority\'s file is printed'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l portal -d 'Serve the portal behind an embedded proxy, as if it were at its own name, on a port of its own'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l rate-limits -d 'Limit token requests as the server does'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -l watch -d 'Answer from the new configuration when a file changes, and from the old one when the new one does not load'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -s q -l quiet -d 'Write no line for each request'
complete -c authkuma -n "__fish_authkuma_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and not __fish_seen_subcommand_from check emit explain" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and not __fish_seen_subcommand_from check emit explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and not __fish_seen_subcommand_from check emit explain" -f -a "check" -d 'Hold Uptime Kuma\'s monitors against Authelia\'s configuration'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and not __fish_seen_subcommand_from check emit explain" -f -a "emit" -d 'Write a monitor\'s settings in the form of the program that is to watch'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and not __fish_seen_subcommand_from check emit explain" -f -a "explain" -d 'Tell the cause and the mend of a message that Uptime Kuma shows'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l db -d 'Uptime Kuma\'s kuma.db, or the data folder that holds it' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -s c -l config -d 'Authelia\'s files and directories, merged as the server merges them; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l id -d 'Only the monitor of this number; may be repeated' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l endpoint -d 'The authz endpoint that the proxy asks [default: the one that opens the page]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l ip -d 'The address that Uptime Kuma asks from, as the proxy reports it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l target -d 'Which Authelia\'s behaviour to assume' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l upgrade -d 'Compare two releases, such as 4.39.20:4.39.23: which monitors the second refuses and the first does not, and the audience list that works under both' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l format -d 'Form of the answer' -r -f -a "plain\t''
json\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -l list -d 'List what can be found, and look at nothing'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l url -d 'The page to watch' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l for -d 'The form of the answer' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -s c -l config -d 'Take portal, method and audience from Authelia\'s files or directories; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l target -d 'Which Authelia\'s behaviour to assume, to tell whether the monitor will pass' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l client -d 'The client\'s identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l portal -d 'The portal\'s address when no configuration says it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l audience -d 'The audience to ask for, in place of the URL; empty asks for none' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l name -d 'The monitor\'s name, in place of the URL\'s host' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l keyword -d 'A word that only the page holds and the login page does not' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l interval -d 'Seconds between checks' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l retries -d 'Failures that are retried before the monitor counts as down' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l secret-variable -d 'The environment variable that will hold the secret' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l secret-path -d 'The file that will hold the secret where the monitor runs' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l post -d 'Send the secret in the body (`client_secret_post`) when no configuration says how'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -l inline-secret -d 'Write the secret itself into the answer; it is read as by `authkuma hash`'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from emit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from explain" -l db -d 'Explain every failing monitor of this kuma.db, or of the data folder that holds it' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from explain" -l format -d 'Form of the answer' -r -f -a "plain\t''
json\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from explain" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand monitor; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand demo" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand completions" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand man" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'

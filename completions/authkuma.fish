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
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "verify" -d 'Tell whether a secret matches a digest'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c authkuma -n "__fish_authkuma_needs_command" -f -a "man" -d 'Print a manual page'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret" -f -a "id" -d 'Make a client identifier'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and not __fish_seen_subcommand_from id secret" -f -a "secret" -d 'Make a client secret, with its digest beside it'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l length -d 'Characters in it; the server allows at most 100' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l count -d 'How many to print, one a line' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from id" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l length -d 'Characters in it' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l count -d 'How many to print, one a line; more than one come without digests' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l secret-out -d 'Write the secret to a new file that only you can read, and print the digest alone' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l format -d '\'plain\' prints the secret and nothing else' -r -f -a "plain\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -l force -d 'Let --secret-out replace an existing file'
complete -c authkuma -n "__fish_authkuma_using_subcommand generate; and __fish_seen_subcommand_from secret" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l iterations -d 'Work factor: how often the hash is applied' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l salt-size -d 'Bytes of salt' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l format -d '\'plain\' prints the digest and nothing else, which is the default' -r -f -a "plain\t''"
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand hash" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l secret-file -d 'Read the secret from the first line of a file; \'-\' is standard input' -r -F
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l secret-command -d 'Read the secret from the first line that a shell command prints' -r
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand completions" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authkuma -n "__fish_authkuma_using_subcommand man" -l color -d 'Colour in the answer' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is'
always\t'Everywhere'
never\t'Nowhere'"
complete -c authkuma -n "__fish_authkuma_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'


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
            cand verify 'Tell whether a secret matches a digest'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page'
        }
        &'authkuma;generate'= {
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand id 'Make a client identifier'
            cand secret 'Make a client secret, with its digest beside it'
        }
        &'authkuma;generate;id'= {
            cand --length 'Characters in it; the server allows at most 100'
            cand --count 'How many to print, one a line'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;generate;secret'= {
            cand --length 'Characters in it'
            cand --count 'How many to print, one a line; more than one come without digests'
            cand --secret-out 'Write the secret to a new file that only you can read, and print the digest alone'
            cand --format '''plain'' prints the secret and nothing else'
            cand --color 'Colour in the answer'
            cand --force 'Let --secret-out replace an existing file'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;hash'= {
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
            cand --iterations 'Work factor: how often the hash is applied'
            cand --salt-size 'Bytes of salt'
            cand --format '''plain'' prints the digest and nothing else, which is the default'
            cand --color 'Colour in the answer'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'authkuma;verify'= {
            cand --secret-file 'Read the secret from the first line of a file; ''-'' is standard input'
            cand --secret-command 'Read the secret from the first line that a shell command prints'
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


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
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tell whether a secret matches a digest')
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
            break
        }
        'authkuma;generate;id' {
            [CompletionResult]::new('--length', '--length', [CompletionResultType]::ParameterName, 'Characters in it; the server allows at most 100')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many to print, one a line')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;generate;secret' {
            [CompletionResult]::new('--length', '--length', [CompletionResultType]::ParameterName, 'Characters in it')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many to print, one a line; more than one come without digests')
            [CompletionResult]::new('--secret-out', '--secret-out', [CompletionResultType]::ParameterName, 'Write the secret to a new file that only you can read, and print the digest alone')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '''plain'' prints the secret and nothing else')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Let --secret-out replace an existing file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;hash' {
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
            [CompletionResult]::new('--iterations', '--iterations', [CompletionResultType]::ParameterName, 'Work factor: how often the hash is applied')
            [CompletionResult]::new('--salt-size', '--salt-size', [CompletionResultType]::ParameterName, 'Bytes of salt')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '''plain'' prints the digest and nothing else, which is the default')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in the answer')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'authkuma;verify' {
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read the secret from the first line of a file; ''-'' is standard input')
            [CompletionResult]::new('--secret-command', '--secret-command', [CompletionResultType]::ParameterName, 'Read the secret from the first line that a shell command prints')
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

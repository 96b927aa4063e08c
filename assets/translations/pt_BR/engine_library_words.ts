<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_library_words</name>
    <message>
        <source>Unterminated string starting at: line {line} column {column} (char {place})</source>
        <translation>o texto que começa na linha {line}, coluna {column}, não termina</translation>
    </message>
    <message>
        <source>Extra data: line {line} column {column} (char {place})</source>
        <translation>depois do fim do JSON há mais: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>Invalid control character at: line {line} column {column} (char {place})</source>
        <translation>há um caractere de controle dentro de um texto: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>Invalid \escape: line {line} column {column} (char {place})</source>
        <translation>JSON não conhece esta barra invertida: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>Invalid \uXXXX escape: line {line} column {column} (char {place})</source>
        <translation>depois de \u faltam quatro algarismos hexadecimais: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>keys must be str, int, float, bool or None, not {kind}</source>
        <translation>em JSON uma chave é str, int, float, bool ou None, e não {kind}</translation>
    </message>
    <message>
        <source>Out of range float values are not JSON compliant</source>
        <translation>JSON não tem NaN nem infinito</translation>
    </message>
    <message>
        <source>Circular reference detected</source>
        <translation>o objeto contém a si mesmo</translation>
    </message>
    <message>
        <source>{name} is not in the subpath of {folder} OR one path is relative and the other is absolute</source>
        <translation>{name} não está dentro de {folder}, ou um caminho é relativo e o outro absoluto</translation>
    </message>
    <message>
        <source>Invalid suffix {suffix}</source>
        <translation>o sufixo {suffix} não serve</translation>
    </message>
    <message>
        <source>{path} has an empty name</source>
        <translation>o caminho {path} não tem nome de arquivo</translation>
    </message>
    <message>
        <source>Invalid name {name}</source>
        <translation>o nome {name} não serve</translation>
    </message>
    <message>
        <source>Unacceptable pattern: {pattern}</source>
        <translation>o padrão {pattern} não serve</translation>
    </message>
    <message>
        <source>Non-relative patterns are unsupported</source>
        <translation>o padrão tem de ser relativo</translation>
    </message>
    <message>
        <source>data must be str, not {kind}</source>
        <translation>os dados devem ser str, e não {kind}</translation>
    </message>
    <message>
        <source>Could not determine home directory</source>
        <translation>não se encontra a pasta pessoal</translation>
    </message>
    <message>
        <source>unbalanced parenthesis at position {place}</source>
        <translation>este ) não tem o seu ( (posição {place})</translation>
    </message>
    <message>
        <source>unterminated character set at position {place}</source>
        <translation>a este [ falta o ] (posição {place})</translation>
    </message>
    <message>
        <source>nothing to repeat at position {place}</source>
        <translation>antes deste sinal não há nada a repetir (posição {place})</translation>
    </message>
    <message>
        <source>multiple repeat at position {place}</source>
        <translation>dois sinais de repetição seguidos (posição {place})</translation>
    </message>
    <message>
        <source>min repeat greater than max repeat at position {place}</source>
        <translation>o mínimo de repetições é maior que o máximo (posição {place})</translation>
    </message>
    <message>
        <source>redefinition of group name {name} as group {n}; was group {other} at position {place}</source>
        <translation>o nome {name} já é do grupo {other}, e aqui nomeia o grupo {n} (posição {place})</translation>
    </message>
    <message>
        <source>bad character in group name {name} at position {place}</source>
        <translation>{name} não pode ser o nome de um grupo (posição {place})</translation>
    </message>
    <message>
        <source>unknown group name {name} at position {place}</source>
        <translation>não há grupo com o nome {name} (posição {place})</translation>
    </message>
    <message>
        <source>bad escape (end of pattern) at position {place}</source>
        <translation>a expressão termina numa barra invertida (posição {place})</translation>
    </message>
    <message>
        <source>bad escape {escape} at position {place}</source>
        <translation>{escape} não tem significado numa expressão regular (posição {place})</translation>
    </message>
    <message>
        <source>incomplete escape {escape} at position {place}</source>
        <translation>a {escape} faltam algarismos (posição {place})</translation>
    </message>
    <message>
        <source>bad character range {range} at position {place}</source>
        <translation>o intervalo {range} está ao contrário (posição {place})</translation>
    </message>
    <message>
        <source>look-behind requires fixed-width pattern</source>
        <translation>(?&lt;=…) só olha para trás por um texto de comprimento fixo</translation>
    </message>
    <message>
        <source>invalid group reference {n} at position {place}</source>
        <translation>não há grupo {n} (posição {place})</translation>
    </message>
    <message>
        <source>unknown extension {sign} at position {place}</source>
        <translation>({sign} não existe em expressões regulares (posição {place})</translation>
    </message>
    <message>
        <source>missing &gt;, unterminated name at position {place}</source>
        <translation>ao nome do grupo falta o &gt; (posição {place})</translation>
    </message>
    <message>
        <source>missing group name at position {place}</source>
        <translation>falta o nome do grupo (posição {place})</translation>
    </message>
    <message>
        <source>global flags not at the start of the expression at position {place}</source>
        <translation>sinais como (?i) só valem no começo da expressão (posição {place})</translation>
    </message>
    <message>
        <source>missing ), unterminated comment at position {place}</source>
        <translation>ao comentário falta o ) (posição {place})</translation>
    </message>
    <message>
        <source>unexpected end of pattern at position {place}</source>
        <translation>a expressão termina antes da hora (posição {place})</translation>
    </message>
    <message>
        <source>cannot use a string pattern on a bytes-like object</source>
        <translation>a expressão é um texto, e o que ela procura são bytes</translation>
    </message>
    <message>
        <source>cannot use a bytes pattern on a string-like object</source>
        <translation>a expressão é de bytes, e o que ela procura é um texto</translation>
    </message>
    <message>
        <source>no such group</source>
        <translation>não há este grupo</translation>
    </message>
    <message>
        <source>first argument must be string or compiled pattern</source>
        <translation>o primeiro argumento deve ser uma expressão regular</translation>
    </message>
    <message>
        <source>decoding to str: need a bytes-like object, {kind} found</source>
        <translation>o texto que substitui deve ser um texto, e é {kind}</translation>
    </message>
    <message>
        <source>"{name}" must be a 1-character string</source>
        <translation>"{name}" deve ser um texto de um só caractere</translation>
    </message>
    <message>
        <source>dict contains fields not in fieldnames: {names}</source>
        <translation>o dicionário tem campos que fieldnames não tem: {names}</translation>
    </message>
    <message>
        <source>file must have 'read' and 'readline' attributes</source>
        <translation>isto precisa de um arquivo aberto para leitura binária, como open(nome, "rb")</translation>
    </message>
    <message>
        <source>time data {text} does not match format {format}</source>
        <translation>{text} não segue o formato {format}</translation>
    </message>
    <message>
        <source>unconverted data remains: {rest}</source>
        <translation>o formato termina, e do texto sobra {rest}</translation>
    </message>
    <message>
        <source>Invalid isoformat string: {text}</source>
        <translation>{text} não é uma data da forma AAAA-MM-DD</translation>
    </message>
    <message>
        <source>Stop argument for islice() must be None or an integer: 0 &lt;= x &lt;= sys.maxsize</source>
        <translation>o fim de islice() deve ser None ou um inteiro a partir de 0</translation>
    </message>
    <message>
        <source>&lt;urlopen error [Errno {code}] {why}&gt;</source>
        <translation>não houve conexão (erro {code} do sistema)</translation>
    </message>
    <message>
        <source>Not a gzipped file ({begin})</source>
        <translation>o arquivo não é gzip; ele começa com {begin}</translation>
    </message>
    <message>
        <source>A logger name must be a string</source>
        <translation>o nome de um logger é um texto</translation>
    </message>
    <message>
        <source>required argument is not an integer</source>
        <translation>o argumento tem de ser um inteiro</translation>
    </message>
    <message>
        <source>badly formed hexadecimal UUID string</source>
        <translation>o texto não é um UUID</translation>
    </message>
    <message>
        <source>module, class, method, function, traceback, frame, or code object was expected, got {kind}</source>
        <translation>isto precisa de um módulo, uma classe, um método ou uma função, e recebeu {kind}</translation>
    </message>
    <message>
        <source>Too many arguments for {name}; actual {found}, expected {wanted}</source>
        <translation>{name} recebe {wanted} tipos entre colchetes, e recebeu {found}</translation>
    </message>
    <message>
        <source>Cannot take a {name} of no types</source>
        <translation>{name} precisa de ao menos um tipo</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_system_words</name>
    <message>
        <source>Invalid literal for Fraction: {text}</source>
        <translation>o texto não é uma fração: {text}</translation>
    </message>
    <message>
        <source>index out of range</source>
        <translation>o índice está fora dos limites</translation>
    </message>
    <message>
        <source>iterator should return strings, not {kind} (the file should be opened in text mode)</source>
        <translation>o leitor de CSV recebe linhas de texto, e não {kind} (abra o arquivo em modo texto)</translation>
    </message>
    <message>
        <source>invalid load key, {key}</source>
        <translation>isto não é um pickle: começa com {key}</translation>
    </message>
    <message>
        <source>pickle data was truncated</source>
        <translation>o pickle está incompleto: faltam bytes no fim</translation>
    </message>
    <message>
        <source>{text} does not appear to be an IPv4 or IPv6 address</source>
        <translation>{text} não é um endereço IPv4 nem IPv6</translation>
    </message>
    <message>
        <source>{name} is not a module, class, method, or function</source>
        <translation>{name} não é um módulo, uma classe, um método nem uma função</translation>
    </message>
    <message>
        <source>unsupported locale setting</source>
        <translation>este sistema não conhece essa configuração regional</translation>
    </message>
    <message>
        <source>[Errno {code}] Connection refused</source>
        <translation>[Errno {code}] conexão recusada: ninguém escuta nesse endereço</translation>
    </message>
    <message>
        <source>[Errno {code}] Connection reset by peer</source>
        <translation>[Errno {code}] o outro lado fechou a conexão</translation>
    </message>
    <message>
        <source>[Errno {code}] Connection timed out</source>
        <translation>[Errno {code}] a conexão não foi aceita a tempo</translation>
    </message>
    <message>
        <source>[Errno {code}] Network is unreachable</source>
        <translation>[Errno {code}] a rede está fora de alcance</translation>
    </message>
    <message>
        <source>[Errno {code}] Address already in use</source>
        <translation>[Errno {code}] o endereço já está em uso</translation>
    </message>
    <message>
        <source>[Errno {code}] Name or service not known</source>
        <translation>[Errno {code}] nome de máquina ou de serviço desconhecido</translation>
    </message>
    <message>
        <source>[Errno {code}] Temporary failure in name resolution</source>
        <translation>[Errno {code}] o nome da máquina não pode ser resolvido agora</translation>
    </message>
    <message>
        <source>[Errno {code}] Broken pipe</source>
        <translation>[Errno {code}] o outro lado do pipe está fechado</translation>
    </message>
    <message>
        <source>[Errno {code}] No space left on device</source>
        <translation>[Errno {code}] não há mais espaço no dispositivo</translation>
    </message>
    <message>
        <source>[Errno {code}] Device or resource busy: {name}</source>
        <translation>[Errno {code}] o dispositivo ou recurso está ocupado: {name}</translation>
    </message>
    <message>
        <source>[Errno {code}] Directory not empty: {name}</source>
        <translation>[Errno {code}] a pasta não está vazia: {name}</translation>
    </message>
    <message>
        <source>[Errno {code}] Read-only file system: {name}</source>
        <translation>[Errno {code}] o sistema de arquivos é só de leitura: {name}</translation>
    </message>
    <message>
        <source>[Errno {code}] Bad file descriptor</source>
        <translation>[Errno {code}] este descritor de arquivo não está aberto</translation>
    </message>
    <message>
        <source>[Errno {code}] No such process</source>
        <translation>[Errno {code}] não existe este processo</translation>
    </message>
    <message>
        <source>[Errno {code}] No child processes</source>
        <translation>[Errno {code}] não há processos filhos</translation>
    </message>
    <message>
        <source>[Errno {code}] Operation not permitted</source>
        <translation>[Errno {code}] operação não permitida</translation>
    </message>
    <message>
        <source>[Errno {code}] Too many open files</source>
        <translation>[Errno {code}] há arquivos abertos demais</translation>
    </message>
    <message>
        <source>[Errno {code}] Cannot allocate memory</source>
        <translation>[Errno {code}] não há memória livre</translation>
    </message>
    <message>
        <source>near "{word}": syntax error</source>
        <translation>erro de sintaxe em SQL, perto de "{word}"</translation>
    </message>
    <message>
        <source>no such table: {name}</source>
        <translation>não existe a tabela {name}</translation>
    </message>
    <message>
        <source>no such column: {name}</source>
        <translation>não existe a coluna {name}</translation>
    </message>
    <message>
        <source>unsupported hash type {name}</source>
        <translation>não existe o hash {name}</translation>
    </message>
    <message>
        <source>Strings must be encoded before hashing</source>
        <translation>um texto tem de ser codificado em bytes antes do hash</translation>
    </message>
    <message>
        <source>key: expected bytes or bytearray, but got {kind}</source>
        <translation>a chave deve ser bytes ou bytearray, e não {kind}</translation>
    </message>
    <message>
        <source>Total of weights must be greater than zero</source>
        <translation>a soma dos pesos deve ser maior que zero</translation>
    </message>
    <message>
        <source>bad month number {n}; must be 1-12</source>
        <translation>o mês {n} não existe: vai de 1 a 12</translation>
    </message>
    <message>
        <source>can't subtract offset-naive and offset-aware datetimes</source>
        <translation>não se subtrai uma data sem fuso horário de uma com fuso</translation>
    </message>
    <message>
        <source>can't compare offset-naive and offset-aware datetimes</source>
        <translation>não se compara uma data sem fuso horário com uma com fuso</translation>
    </message>
    <message>
        <source>unsupported type for timedelta {name} component: {kind}</source>
        <translation>{name} de timedelta não pode ser {kind}</translation>
    </message>
    <message>
        <source>max_workers must be greater than 0</source>
        <translation>max_workers deve ser maior que 0</translation>
    </message>
    <message>
        <source>Number of processes must be at least 1</source>
        <translation>o número de processos deve ser ao menos 1</translation>
    </message>
    <message>
        <source>invalid width {n} (must be &gt; 0)</source>
        <translation>a largura {n} é inválida: deve ser maior que 0</translation>
    </message>
    <message>
        <source>cutoff must be in [0.0, 1.0]: {n}</source>
        <translation>cutoff vai de 0 a 1, e este é {n}</translation>
    </message>
    <message>
        <source>no positional arguments expected</source>
        <translation>só se aceitam argumentos com nome</translation>
    </message>
    <message>
        <source>cannot create weak reference to {kind} object</source>
        <translation>não se cria referência fraca a um objeto {kind}</translation>
    </message>
    <message>
        <source>{name}: cannot open shared object file: No such file or directory</source>
        <translation>a biblioteca {name} não foi encontrada</translation>
    </message>
    <message>
        <source>nonnumeric port: {port}</source>
        <translation>a porta {port} não é um número</translation>
    </message>
    <message>
        <source>Invalid IPv6 URL</source>
        <translation>o endereço IPv6 da URL é inválido</translation>
    </message>
    <message>
        <source>no element found: line {line}, column {column}</source>
        <translation>o XML termina antes do fim de um elemento: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>mismatched tag: line {line}, column {column}</source>
        <translation>o XML fecha outro elemento do que o aberto: linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>Invalid value (at end of document)</source>
        <translation>falta um valor no fim do documento</translation>
    </message>
    <message>
        <source>Invalid value (at line {line}, column {column})</source>
        <translation>valor inválido na linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>No section: {name}</source>
        <translation>não existe a seção {name}</translation>
    </message>
    <message>
        <source>No option {name} in section: {section}</source>
        <translation>não existe a opção {name} na seção {section}</translation>
    </message>
    <message>
        <source>Unknown level: {name}</source>
        <translation>não existe o nível {name}</translation>
    </message>
    <message>
        <source>option {name} not recognized</source>
        <translation>não existe a opção {name}</translation>
    </message>
    <message>
        <source>no mode for empty data</source>
        <translation>não há moda de dados vazios</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_python</name>
    <message>
        <source>{name}() argument must be a string or a real number, not '{kind}'</source>
        <translation>o argumento de {name}() deve ser um texto ou um número, e não '{kind}'</translation>
    </message>
    <message>
        <source>'break' outside loop</source>
        <translation>'break' fora de um laço</translation>
    </message>
    <message>
        <source>'continue' not properly in loop</source>
        <translation>'continue' fora de um laço</translation>
    </message>
    <message>
        <source>'{bracket}' was never closed</source>
        <translation>'{bracket}' nunca foi fechado</translation>
    </message>
    <message>
        <source>'{kind}' object does not support item assignment</source>
        <translation>num objeto '{kind}' não se pode atribuir a um índice</translation>
    </message>
    <message>
        <source>'{kind}' object has no attribute '{name}'</source>
        <translation>um objeto '{kind}' não tem o atributo '{name}'</translation>
    </message>
    <message>
        <source>'{kind}' object is not callable</source>
        <translation>um objeto '{kind}' não pode ser chamado</translation>
    </message>
    <message>
        <source>'{kind}' object is not iterable</source>
        <translation>um objeto '{kind}' não pode ser percorrido</translation>
    </message>
    <message>
        <source>'{kind}' object is not subscriptable</source>
        <translation>um objeto '{kind}' não tem índices</translation>
    </message>
    <message>
        <source>'{sign}' not supported between instances of '{one}' and '{other}'</source>
        <translation>'{sign}' não compara '{one}' com '{other}'</translation>
    </message>
    <message>
        <source>'{word}' outside function</source>
        <translation>'{word}' fora de uma função</translation>
    </message>
    <message>
        <source>Cannot assign to {what}</source>
        <translation>Nada pode ser atribuído a isto ({what})</translation>
    </message>
    <message>
        <source>Cannot assign to {what} here. Maybe you meant '==' instead of '='?</source>
        <translation>Nada pode ser atribuído aqui ({what}). Você quis dizer '==' em vez de '='?</translation>
    </message>
    <message>
        <source>Closing parenthesis '{end}' does not match opening parenthesis '{begin}'</source>
        <translation>'{end}' não fecha '{begin}'</translation>
    </message>
    <message>
        <source>Expected 'else' after 'if' expression</source>
        <translation>Falta 'else' depois do 'if' na expressão</translation>
    </message>
    <message>
        <source>Expected 'except' or 'finally' block</source>
        <translation>Falta um bloco 'except' ou 'finally'</translation>
    </message>
    <message>
        <source>Expected '{sign}'</source>
        <translation>Falta '{sign}'</translation>
    </message>
    <message>
        <source>Expected an indented block after line {line}</source>
        <translation>Falta um bloco indentado depois da linha {line}</translation>
    </message>
    <message>
        <source>Inconsistent use of tabs and spaces in indentation</source>
        <translation>A indentação mistura tabulações e espaços</translation>
    </message>
    <message>
        <source>Invalid character '{sign}' ({code})</source>
        <translation>Caractere inválido '{sign}' ({code})</translation>
    </message>
    <message>
        <source>Invalid decimal literal</source>
        <translation>Número decimal inválido</translation>
    </message>
    <message>
        <source>Invalid non-printable character {code}</source>
        <translation>Caractere invisível inválido {code}</translation>
    </message>
    <message>
        <source>Invalid syntax</source>
        <translation>Sintaxe inválida</translation>
    </message>
    <message>
        <source>Invalid syntax. Maybe you meant '==' or ':=' instead of '='?</source>
        <translation>Sintaxe inválida. Você quis dizer '==' ou ':=' em vez de '='?</translation>
    </message>
    <message>
        <source>Invalid syntax. Perhaps you forgot a comma?</source>
        <translation>Sintaxe inválida. Falta uma vírgula?</translation>
    </message>
    <message>
        <source>Keyword argument repeated: {name}</source>
        <translation>Argumento com nome repetido: {name}</translation>
    </message>
    <message>
        <source>Leading zeros in decimal integer literals are not permitted</source>
        <translation>Um inteiro decimal não pode começar com zeros</translation>
    </message>
    <message>
        <source>Missing parentheses in call to '{name}'. Did you mean {name}(...)?</source>
        <translation>Faltam os parênteses na chamada de '{name}'. Você quis dizer {name}(...)?</translation>
    </message>
    <message>
        <source>No module named '{name}'</source>
        <translation>não há um módulo chamado '{name}'</translation>
    </message>
    <message>
        <source>Positional argument follows keyword argument</source>
        <translation>Um argumento posicional vem depois de um argumento com nome</translation>
    </message>
    <message>
        <source>Unexpected character after line continuation character</source>
        <translation>Há um caractere depois da barra que continua a linha</translation>
    </message>
    <message>
        <source>Unexpected indent</source>
        <translation>Indentação inesperada</translation>
    </message>
    <message>
        <source>Unindent does not match any outer indentation level</source>
        <translation>A indentação não é a de nenhum bloco externo</translation>
    </message>
    <message>
        <source>Unmatched '{bracket}'</source>
        <translation>'{bracket}' fecha o que não foi aberto</translation>
    </message>
    <message>
        <source>Unterminated string literal</source>
        <translation>O texto entre aspas não termina na linha</translation>
    </message>
    <message>
        <source>Unterminated triple-quoted string literal</source>
        <translation>O texto entre aspas triplas não termina</translation>
    </message>
    <message>
        <source>bad operand type for unary {sign}: '{kind}'</source>
        <translation>o {sign} unário não aceita o tipo '{kind}'</translation>
    </message>
    <message>
        <source>can only concatenate {one} (not "{other}") to {one}</source>
        <translation>só se pode juntar {one} (e não "{other}") a {one}</translation>
    </message>
    <message>
        <source>cannot access local variable '{name}' where it is not associated with a value</source>
        <translation>a variável local '{name}' ainda não tem valor</translation>
    </message>
    <message>
        <source>cannot import name '{name}' from '{kind}'</source>
        <translation>não se pode importar '{name}' de '{kind}'</translation>
    </message>
    <message>
        <source>cannot unpack non-iterable {kind} object</source>
        <translation>um objeto {kind} não pode ser desempacotado</translation>
    </message>
    <message>
        <source>could not convert string to float: {text}</source>
        <translation>o texto não é um número: {text}</translation>
    </message>
    <message>
        <source>division by zero</source>
        <translation>divisão por zero</translation>
    </message>
    <message>
        <source>invalid literal for int() with base 10: {text}</source>
        <translation>o texto não é um número inteiro: {text}</translation>
    </message>
    <message>
        <source>math domain error</source>
        <translation>o valor está fora do domínio da função</translation>
    </message>
    <message>
        <source>maximum recursion depth exceeded: a function calls itself again and again, and nothing ends it</source>
        <translation>profundidade máxima de recursão excedida: uma função chama a si mesma sem parar, e nada a termina</translation>
    </message>
    <message>
        <source>module '{kind}' has no attribute '{name}'</source>
        <translation>o módulo '{kind}' não tem o atributo '{name}'</translation>
    </message>
    <message>
        <source>name '{name}' is not defined</source>
        <translation>o nome '{name}' não está definido</translation>
    </message>
    <message>
        <source>not enough values to unpack (expected {n}, got {found})</source>
        <translation>faltam valores para desempacotar (esperados: {n}, recebidos: {found})</translation>
    </message>
    <message>
        <source>object of type '{kind}' has no len()</source>
        <translation>um objeto do tipo '{kind}' não tem len()</translation>
    </message>
    <message>
        <source>too many values to unpack (expected {n})</source>
        <translation>há valores demais para desempacotar (esperados: {n})</translation>
    </message>
    <message>
        <source>type object '{kind}' has no attribute '{name}'</source>
        <translation>a classe '{kind}' não tem o atributo '{name}'</translation>
    </message>
    <message>
        <source>unsupported operand type(s) for {sign}: '{one}' and '{other}'</source>
        <translation>{sign} não aceita os tipos '{one}' e '{other}'</translation>
    </message>
    <message>
        <source>{kind} index out of range</source>
        <translation>o índice está fora dos limites ({kind})</translation>
    </message>
    <message>
        <source>{kind} indices must be integers or slices, not {found}</source>
        <translation>os índices ({kind}) devem ser inteiros ou fatias, não {found}</translation>
    </message>
    <message>
        <source>{name}() got an unexpected keyword argument '{argument}'</source>
        <translation>{name}() recebeu um argumento que não conhece: '{argument}'</translation>
    </message>
    <message>
        <source>{name}() missing 1 required positional argument: '{argument}'</source>
        <translation>falta um argumento a {name}(): '{argument}'</translation>
    </message>
    <message>
        <source>{name}() takes {n} positional arguments but {found} were given</source>
        <translation>{name}() recebeu {found} argumentos posicionais, e aceita {n}</translation>
    </message>
    <message>
        <source>expression</source>
        <translation>expressão</translation>
    </message>
    <message>
        <source>attribute</source>
        <translation>atributo</translation>
    </message>
    <message>
        <source>subscript</source>
        <translation>elemento de um índice</translation>
    </message>
    <message>
        <source>function call</source>
        <translation>chamada de função</translation>
    </message>
    <message>
        <source>literal</source>
        <translation>valor literal</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>comparação</translation>
    </message>
    <message>
        <source>conditional expression</source>
        <translation>expressão condicional</translation>
    </message>
    <message>
        <source>f-string expression</source>
        <translation>f-string</translation>
    </message>
    <message>
        <source>Duplicate argument '{name}' in function definition</source>
        <translation>O argumento '{name}' aparece duas vezes na definição da função</translation>
    </message>
    <message>
        <source>':' expected after dictionary key</source>
        <translation>Falta ':' depois da chave do dicionário</translation>
    </message>
    <message>
        <source>Nonlocal declaration not allowed at module level</source>
        <translation>'nonlocal' só existe dentro de uma função</translation>
    </message>
    <message>
        <source>Future feature {name} is not defined</source>
        <translation>__future__ não tem {name}</translation>
    </message>
    <message>
        <source>unsupported operand type(s) for ** or pow(): '{one}' and '{other}'</source>
        <translation>** e pow() não aceitam os tipos '{one}' e '{other}'</translation>
    </message>
    <message>
        <source>{name}() missing {n} required positional arguments: {arguments}</source>
        <translation>faltam {n} argumentos a {name}(): {arguments}</translation>
    </message>
    <message>
        <source>{name}() missing 1 required keyword-only argument: '{argument}'</source>
        <translation>falta um argumento a {name}(), dado pelo nome: '{argument}'</translation>
    </message>
    <message>
        <source>{name}() takes from {least} to {most} positional arguments but {found} were given</source>
        <translation>{name}() recebeu {found} argumentos posicionais, e aceita de {least} a {most}</translation>
    </message>
    <message>
        <source>{name}() got multiple values for argument '{argument}'</source>
        <translation>{name}() recebeu mais de um valor para o argumento '{argument}'</translation>
    </message>
    <message>
        <source>'{kind}' object cannot be interpreted as an integer</source>
        <translation>um objeto '{kind}' não serve de número inteiro</translation>
    </message>
    <message>
        <source>'{kind}' object is not an iterator</source>
        <translation>um objeto '{kind}' não é um iterador</translation>
    </message>
    <message>
        <source>'{kind}' object does not support the context manager protocol</source>
        <translation>um objeto '{kind}' não pode ser usado com 'with'; se é uma função ou uma classe, faltam os parênteses</translation>
    </message>
    <message>
        <source>not all arguments converted during string formatting</source>
        <translation>na formatação do texto sobram argumentos</translation>
    </message>
    <message>
        <source>unsupported format string passed to {kind}.__format__</source>
        <translation>um objeto {kind} não aceita este formato de texto; um só número aceita, p. ex. com .item()</translation>
    </message>
    <message>
        <source>unhashable type: '{kind}'</source>
        <translation>um objeto '{kind}' não pode ser chave de um dicionário nem elemento de um conjunto</translation>
    </message>
    <message>
        <source>can't multiply sequence by non-int of type '{kind}'</source>
        <translation>uma sequência só pode ser multiplicada por um inteiro, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>string indices must be integers, not '{kind}'</source>
        <translation>os índices de um texto são inteiros, e este é '{kind}'</translation>
    </message>
    <message>
        <source>sequence item {place}: expected str instance, {kind} found</source>
        <translation>o elemento {place} da sequência tem de ser um texto (str), e é {kind}</translation>
    </message>
    <message>
        <source>pop from empty list</source>
        <translation>não se tira um elemento de uma lista vazia</translation>
    </message>
    <message>
        <source>dictionary changed size during iteration</source>
        <translation>o dicionário mudou de tamanho enquanto era percorrido</translation>
    </message>
    <message>
        <source>Can't pickle {name}: it is not found by its name</source>
        <translation>{name} não pode ser salvo com pickle: não é encontrado pelo nome</translation>
    </message>
    <message>
        <source>Can't pickle local object {name}</source>
        <translation>{name} não pode ser salvo com pickle: foi feito dentro de uma função</translation>
    </message>
    <message>
        <source>generator expression</source>
        <translation>expressão geradora</translation>
    </message>
    <message>
        <source>list comprehension</source>
        <translation>compreensão de lista</translation>
    </message>
    <message>
        <source>set comprehension</source>
        <translation>compreensão de conjunto</translation>
    </message>
    <message>
        <source>dict comprehension</source>
        <translation>compreensão de dicionário</translation>
    </message>
    <message>
        <source>dict literal</source>
        <translation>dicionário</translation>
    </message>
    <message>
        <source>set display</source>
        <translation>conjunto</translation>
    </message>
    <message>
        <source>lambda</source>
        <translation>função lambda</translation>
    </message>
    <message>
        <source>named expression</source>
        <translation>expressão com :=</translation>
    </message>
    <message>
        <source>yield expression</source>
        <translation>expressão com yield</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>expressão com *</translation>
    </message>
    <message>
        <source>ellipsis</source>
        <translation>reticências (...)</translation>
    </message>
    <message>
        <source>list</source>
        <translation>lista</translation>
    </message>
    <message>
        <source>tuple</source>
        <translation>tupla</translation>
    </message>
</context>
</TS>

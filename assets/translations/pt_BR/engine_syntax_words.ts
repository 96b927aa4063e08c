<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_syntax_words</name>
    <message>
        <source>'{what}' is an illegal expression for augmented assignment</source>
        <translation>A isto não se pode atribuir com += e semelhantes ({what})</translation>
    </message>
    <message>
        <source>'async for' outside async function</source>
        <translation>'async for' fora de uma função async</translation>
    </message>
    <message>
        <source>'async with' outside async function</source>
        <translation>'async with' fora de uma função async</translation>
    </message>
    <message>
        <source>'await' outside async function</source>
        <translation>'await' fora de uma função async</translation>
    </message>
    <message>
        <source>'yield from' inside async function</source>
        <translation>'yield from' dentro de uma função async</translation>
    </message>
    <message>
        <source>'yield' inside {what}</source>
        <translation>'yield' dentro de: {what}</translation>
    </message>
    <message>
        <source>(unicode error) 'unicodeescape' codec can't decode bytes in position {place}: unknown Unicode character name</source>
        <translation>O texto nomeia com \N um caractere que Unicode não tem (bytes {place})</translation>
    </message>
    <message>
        <source>(unicode error) 'unicodeescape' codec can't decode bytes in position {place}: truncated {escape} escape</source>
        <translation>O texto tem um {escape} a que faltam algarismos (bytes {place}); uma barra que é só uma barra escreve-se \\, ou com r"…"</translation>
    </message>
    <message>
        <source>(unicode error) 'unicodeescape' codec can't decode bytes in position {place}: illegal Unicode character</source>
        <translation>O texto tem um caractere que Unicode não tem (bytes {place}); uma barra que é só uma barra escreve-se \\, ou com r"…"</translation>
    </message>
    <message>
        <source>(value error) invalid \x escape at position {place}</source>
        <translation>Ao \x da posição {place} faltam algarismos</translation>
    </message>
    <message>
        <source>* argument may appear only once</source>
        <translation>O argumento com * só pode aparecer uma vez</translation>
    </message>
    <message>
        <source>/ may appear only once</source>
        <translation>/ só pode aparecer uma vez</translation>
    </message>
    <message>
        <source>/ must be ahead of *</source>
        <translation>/ tem de vir antes de *</translation>
    </message>
    <message>
        <source>At least one argument must precede /</source>
        <translation>Antes de / tem de haver ao menos um argumento</translation>
    </message>
    <message>
        <source>Alternative patterns bind different names</source>
        <translation>Os padrões alternativos têm de dar os mesmos nomes</translation>
    </message>
    <message>
        <source>Annotated name '{name}' can't be global</source>
        <translation>'{name}' tem uma anotação e não pode ser global</translation>
    </message>
    <message>
        <source>Arguments cannot follow var-keyword argument</source>
        <translation>Depois do argumento com ** não pode vir outro</translation>
    </message>
    <message>
        <source>Assignment expression cannot be used in a comprehension iterable expression</source>
        <translation>:= não pode estar no que uma compreensão percorre</translation>
    </message>
    <message>
        <source>Assignment expression cannot rebind comprehension iteration variable '{name}'</source>
        <translation>:= não pode dar outro valor a '{name}', que a compreensão percorre</translation>
    </message>
    <message>
        <source>Assignment expression within a comprehension cannot be used in a class body</source>
        <translation>:= não pode estar numa compreensão no corpo de uma classe</translation>
    </message>
    <message>
        <source>Assignment to yield expression not possible</source>
        <translation>Não se pode atribuir a yield</translation>
    </message>
    <message>
        <source>Asynchronous comprehension outside of an asynchronous function</source>
        <translation>Compreensão assíncrona fora de uma função async</translation>
    </message>
    <message>
        <source>Attribute name repeated in class pattern: {name}</source>
        <translation>O atributo aparece duas vezes no padrão: {name}</translation>
    </message>
    <message>
        <source>Bytes can only contain ASCII literal characters</source>
        <translation>Um texto de bytes (b"…") só pode ter caracteres ASCII</translation>
    </message>
    <message>
        <source>Can't use starred expression here</source>
        <translation>Uma expressão com * não pode estar aqui</translation>
    </message>
    <message>
        <source>Cannot use starred expression here</source>
        <translation>Uma expressão com * não pode estar entre parênteses sozinha</translation>
    </message>
    <message>
        <source>Cannot use double starred expression here</source>
        <translation>Uma expressão com ** não pode estar aqui</translation>
    </message>
    <message>
        <source>Cannot use a starred expression in a dictionary value</source>
        <translation>O valor de um dicionário não pode ter *</translation>
    </message>
    <message>
        <source>Cannot delete {what}</source>
        <translation>Não se pode apagar com del ({what})</translation>
    </message>
    <message>
        <source>Cannot have both 'except' and 'except*' on the same 'try'</source>
        <translation>O mesmo 'try' não pode ter 'except' e 'except*'</translation>
    </message>
    <message>
        <source>Cannot mix bytes and nonbytes literals</source>
        <translation>Textos de bytes e outros não se juntam um ao lado do outro</translation>
    </message>
    <message>
        <source>Cannot use '_' as a target</source>
        <translation>'_' não pode ser o nome depois de 'as'</translation>
    </message>
    <message>
        <source>Cannot use assignment expressions with {what}</source>
        <translation>:= só dá valor a um nome ({what})</translation>
    </message>
    <message>
        <source>Default 'except:' must be last</source>
        <translation>'except:' sem tipo tem de ser o último</translation>
    </message>
    <message>
        <source>Dict unpacking cannot be used in dict comprehension</source>
        <translation>** não pode estar numa compreensão de dicionário</translation>
    </message>
    <message>
        <source>Did you forget parentheses around the comprehension target?</source>
        <translation>Faltam parênteses em torno do que a compreensão reúne?</translation>
    </message>
    <message>
        <source>Expected default value expression</source>
        <translation>Falta o valor padrão depois de '='</translation>
    </message>
    <message>
        <source>Expected one or more exception types</source>
        <translation>'except*' precisa de ao menos um tipo de erro</translation>
    </message>
    <message>
        <source>Expression cannot contain assignment, perhaps you meant "=="?</source>
        <translation>Uma expressão não pode conter uma atribuição; quis dizer "=="?</translation>
    </message>
    <message>
        <source>Expression expected after dictionary key and ':'</source>
        <translation>Falta o valor depois da chave e de ':'</translation>
    </message>
    <message>
        <source>F-string expression part cannot include '#'</source>
        <translation>Entre as chaves de uma f-string não pode haver '#'</translation>
    </message>
    <message>
        <source>F-string expression part cannot include a backslash</source>
        <translation>Entre as chaves de uma f-string não pode haver uma barra invertida</translation>
    </message>
    <message>
        <source>F-string: closing parenthesis '{end}' does not match opening parenthesis '{begin}'</source>
        <translation>Na f-string, '{end}' não fecha '{begin}'</translation>
    </message>
    <message>
        <source>F-string: empty expression not allowed</source>
        <translation>Entre as chaves da f-string falta uma expressão</translation>
    </message>
    <message>
        <source>F-string: expecting '{sign}'</source>
        <translation>Na f-string falta '{sign}'</translation>
    </message>
    <message>
        <source>F-string: expression required before '{sign}'</source>
        <translation>Na f-string falta uma expressão antes de '{sign}'</translation>
    </message>
    <message>
        <source>F-string: expressions nested too deeply</source>
        <translation>As expressões da f-string estão aninhadas fundo demais</translation>
    </message>
    <message>
        <source>F-string: invalid conversion character: expected 's', 'r', or 'a'</source>
        <translation>Depois de '!' na f-string vem 's', 'r' ou 'a'</translation>
    </message>
    <message>
        <source>F-string: invalid syntax</source>
        <translation>Sintaxe inválida na f-string</translation>
    </message>
    <message>
        <source>F-string: invalid syntax. Perhaps you forgot a comma?</source>
        <translation>Sintaxe inválida na f-string. Esqueceu uma vírgula?</translation>
    </message>
    <message>
        <source>F-string: single '{sign}' is not allowed</source>
        <translation>Na f-string há um '{sign}' sozinho; a chave que é só um sinal escreve-se '{sign}{sign}'</translation>
    </message>
    <message>
        <source>F-string: unmatched '{sign}'</source>
        <translation>Na f-string, '{sign}' não tem par</translation>
    </message>
    <message>
        <source>F-string: unterminated string</source>
        <translation>Na f-string, um texto não foi fechado</translation>
    </message>
    <message>
        <source>From __future__ imports must occur at the beginning of the file</source>
        <translation>As importações de __future__ têm de estar no início do arquivo</translation>
    </message>
    <message>
        <source>Function parameters cannot be parenthesized</source>
        <translation>Os parâmetros de uma função não podem estar entre parênteses</translation>
    </message>
    <message>
        <source>Generator expression must be parenthesized</source>
        <translation>A expressão geradora tem de estar entre parênteses</translation>
    </message>
    <message>
        <source>Illegal target for annotation</source>
        <translation>Isto não pode ter uma anotação</translation>
    </message>
    <message>
        <source>Imaginary number required in complex literal</source>
        <translation>O segundo número de um padrão complexo tem de ser imaginário</translation>
    </message>
    <message>
        <source>Import * only allowed at module level</source>
        <translation>'import *' só pode estar fora de funções e classes</translation>
    </message>
    <message>
        <source>Invalid binary literal</source>
        <translation>Número binário inválido</translation>
    </message>
    <message>
        <source>Invalid digit '{digit}' in binary literal</source>
        <translation>Algarismo '{digit}' inválido num número binário</translation>
    </message>
    <message>
        <source>Invalid digit '{digit}' in octal literal</source>
        <translation>Algarismo '{digit}' inválido num número octal</translation>
    </message>
    <message>
        <source>Invalid octal literal</source>
        <translation>Número octal inválido</translation>
    </message>
    <message>
        <source>Invalid hexadecimal literal</source>
        <translation>Número hexadecimal inválido</translation>
    </message>
    <message>
        <source>Invalid imaginary literal</source>
        <translation>Número imaginário inválido</translation>
    </message>
    <message>
        <source>Iterable argument unpacking follows keyword argument unpacking</source>
        <translation>Um argumento com * vem depois de um com **</translation>
    </message>
    <message>
        <source>Iterable unpacking cannot be used in comprehension</source>
        <translation>* não pode estar numa compreensão</translation>
    </message>
    <message>
        <source>Lambda expression parameters cannot be parenthesized</source>
        <translation>Os parâmetros de uma lambda não podem estar entre parênteses</translation>
    </message>
    <message>
        <source>Mapping pattern checks duplicate key ({key})</source>
        <translation>O padrão tem a chave {key} duas vezes</translation>
    </message>
    <message>
        <source>Multiple assignments to name '{name}' in pattern</source>
        <translation>O padrão dá dois valores a '{name}'</translation>
    </message>
    <message>
        <source>Multiple exception types must be parenthesized</source>
        <translation>Vários tipos de erro têm de estar entre parênteses</translation>
    </message>
    <message>
        <source>Multiple starred expressions in assignment</source>
        <translation>Só um dos nomes pode ter * numa atribuição</translation>
    </message>
    <message>
        <source>Multiple starred names in sequence pattern</source>
        <translation>Só um dos nomes pode ter * num padrão</translation>
    </message>
    <message>
        <source>Name '{name}' is assigned to before {kind} declaration</source>
        <translation>'{name}' recebe um valor antes de ser declarado {kind}</translation>
    </message>
    <message>
        <source>Name '{name}' is nonlocal and global</source>
        <translation>'{name}' é nonlocal e global</translation>
    </message>
    <message>
        <source>Name '{name}' is parameter and {kind}</source>
        <translation>'{name}' é parâmetro e {kind}</translation>
    </message>
    <message>
        <source>Name '{name}' is used prior to {kind} declaration</source>
        <translation>'{name}' é usado antes de ser declarado {kind}</translation>
    </message>
    <message>
        <source>Name capture '{name}' makes remaining patterns unreachable</source>
        <translation>'{name}' aceita tudo: os padrões depois dele nunca são alcançados</translation>
    </message>
    <message>
        <source>Named arguments must follow bare *</source>
        <translation>Depois de um * sozinho têm de vir argumentos com nome</translation>
    </message>
    <message>
        <source>No binding for nonlocal '{name}' found</source>
        <translation>Nenhuma função em volta dá um valor a '{name}', que é declarado nonlocal</translation>
    </message>
    <message>
        <source>Non-default argument follows default argument</source>
        <translation>Um argumento sem valor padrão vem depois de um que o tem</translation>
    </message>
    <message>
        <source>Only single target (not {what}) can be annotated</source>
        <translation>Só um nome por vez pode ter uma anotação ({what})</translation>
    </message>
    <message>
        <source>Positional argument follows keyword argument unpacking</source>
        <translation>Um argumento posicional vem depois de um com **</translation>
    </message>
    <message>
        <source>Positional patterns follow keyword patterns</source>
        <translation>Um padrão posicional vem depois de um com nome</translation>
    </message>
    <message>
        <source>Starred assignment target must be in a list or tuple</source>
        <translation>Um nome com * tem de estar numa lista ou tupla de nomes</translation>
    </message>
    <message>
        <source>Trailing comma not allowed without surrounding parentheses</source>
        <translation>Sem parênteses não pode haver uma vírgula no fim</translation>
    </message>
    <message>
        <source>Var-keyword argument cannot have default value</source>
        <translation>O argumento com ** não pode ter um valor padrão</translation>
    </message>
    <message>
        <source>Var-positional argument cannot have default value</source>
        <translation>O argumento com * não pode ter um valor padrão</translation>
    </message>
    <message>
        <source>Wildcard makes remaining patterns unreachable</source>
        <translation>'_' aceita tudo: os padrões depois dele nunca são alcançados</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_call_words</name>
    <message>
        <source>not enough values to unpack (expected at least {n}, got {found})</source>
        <translation>faltam valores para desempacotar (esperados: ao menos {n}, recebidos: {found})</translation>
    </message>
    <message>
        <source>{name}() argument {place} must be {wanted}, not {found}</source>
        <translation>o argumento {place} de {name}() deve ser {wanted}, e não {found}</translation>
    </message>
    <message>
        <source>{name} first arg must be {wanted}, not {found}</source>
        <translation>o primeiro argumento de {name} deve ser {wanted}, e não {found}</translation>
    </message>
    <message>
        <source>{name} arg must be None or str</source>
        <translation>o argumento de {name} deve ser None ou str</translation>
    </message>
    <message>
        <source>The fill character must be exactly one character long</source>
        <translation>o caractere de preenchimento deve ser um só</translation>
    </message>
    <message>
        <source>argument should be integer or bytes-like object, not '{kind}'</source>
        <translation>o argumento deve ser um inteiro ou um objeto do tipo bytes, e não '{kind}'</translation>
    </message>
    <message>
        <source>int too big to convert</source>
        <translation>o inteiro não cabe em tantos bytes</translation>
    </message>
    <message>
        <source>can't convert negative int to unsigned</source>
        <translation>um inteiro negativo não cabe onde não há sinal</translation>
    </message>
    <message>
        <source>invalid hexadecimal floating-point string</source>
        <translation>o texto não é um número hexadecimal</translation>
    </message>
    <message>
        <source>cannot convert '{kind}' object to bytes</source>
        <translation>um objeto '{kind}' não se converte em bytes</translation>
    </message>
    <message>
        <source>complex() second arg can't be a string</source>
        <translation>o segundo argumento de complex() não pode ser um texto</translation>
    </message>
    <message>
        <source>negative shift count</source>
        <translation>não se desloca por um número negativo de bits</translation>
    </message>
    <message>
        <source>base is not invertible for the given modulus</source>
        <translation>a base não tem inverso para este módulo</translation>
    </message>
    <message>
        <source>pow() 3rd argument cannot be 0</source>
        <translation>o terceiro argumento de pow() não pode ser 0</translation>
    </message>
    <message>
        <source>map() must have at least two arguments</source>
        <translation>map() precisa de ao menos dois argumentos</translation>
    </message>
    <message>
        <source>iter(v, w): v must be callable</source>
        <translation>iter(v, w): v tem de ser chamável</translation>
    </message>
    <message>
        <source>issubclass() arg 2 must be a class, a tuple of classes, or a union</source>
        <translation>o segundo argumento de issubclass() deve ser uma classe, uma tupla de classes ou uma união</translation>
    </message>
    <message>
        <source>{name} expected at most {most} argument, got {found}</source>
        <translation>{name} recebe no máximo {most} argumento, e recebeu {found}</translation>
    </message>
    <message>
        <source>compile() mode must be 'exec', 'eval' or 'single'</source>
        <translation>o modo de compile() deve ser 'exec', 'eval' ou 'single'</translation>
    </message>
    <message>
        <source>repeat argument cannot be negative</source>
        <translation>o argumento repeat não pode ser negativo</translation>
    </message>
    <message>
        <source>Type names and field names must be valid identifiers: {name}</source>
        <translation>os nomes do tipo e dos campos têm de ser identificadores: {name} não é</translation>
    </message>
    <message>
        <source>Encountered duplicate field name: {name}</source>
        <translation>há dois campos com o nome {name}</translation>
    </message>
    <message>
        <source>can't set attribute</source>
        <translation>este atributo não pode ser mudado</translation>
    </message>
    <message>
        <source>{name} requires at least two data points</source>
        <translation>{name} precisa de ao menos dois valores</translation>
    </message>
    <message>
        <source>[&lt;class 'decimal.ConversionSyntax'&gt;]</source>
        <translation>o texto não é um número decimal</translation>
    </message>
    <message>
        <source>Fraction({n}, 0)</source>
        <translation>Fraction({n}, 0): o denominador é 0</translation>
    </message>
    <message>
        <source>{name} format requires {low} &lt;= number &lt;= {high}</source>
        <translation>o formato {name} exige um número de {low} a {high}</translation>
    </message>
    <message>
        <source>release unlocked lock</source>
        <translation>release() de um lock que ninguém tem</translation>
    </message>
    <message>
        <source>multiple bases have instance lay-out conflict</source>
        <translation>uma classe não pode ter estas bases ao mesmo tempo</translation>
    </message>
    <message>
        <source>can't send non-None value to a just-started generator</source>
        <translation>a um gerador que ainda não começou só se envia None</translation>
    </message>
    <message>
        <source>{name}() argument after * must be an iterable, not {kind}</source>
        <translation>o argumento depois de * em {name}() deve ser iterável, e não {kind}</translation>
    </message>
    <message>
        <source>{name}() argument after ** must be a mapping, not {kind}</source>
        <translation>o argumento depois de ** em {name}() deve ser um dicionário, e não {kind}</translation>
    </message>
    <message>
        <source>keywords must be strings</source>
        <translation>os nomes dos argumentos têm de ser textos</translation>
    </message>
    <message>
        <source>Type {name} cannot be instantiated; use {other}() instead</source>
        <translation>{name} é só um tipo para anotações; use {other}()</translation>
    </message>
    <message>
        <source>unpickling stack underflow</source>
        <translation>os dados do pickle estão incompletos ou não são um pickle</translation>
    </message>
    <message>
        <source>{name}() takes no positional arguments</source>
        <translation>{name}() não recebe argumentos posicionais</translation>
    </message>
    <message>
        <source>function takes exactly {n} arguments ({found} given)</source>
        <translation>a função recebe exatamente {n} argumentos, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes exactly {n} argument ({found} given)</source>
        <translation>{name}() recebe exatamente {n} argumento, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes at least {n} positional argument ({found} given)</source>
        <translation>{name}() recebe ao menos {n} argumento posicional, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes at most {n} argument ({found} given)</source>
        <translation>{name}() recebe no máximo {n} argumento, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes from {least} to {most} positional arguments but {found} was given</source>
        <translation>{name}() recebeu {found} argumento posicional, e aceita de {least} a {most}</translation>
    </message>
    <message>
        <source>len() of unsized object</source>
        <translation>um objeto sem tamanho não tem len()</translation>
    </message>
    <message>
        <source>slice step cannot be zero</source>
        <translation>o passo da fatia não pode ser zero</translation>
    </message>
    <message>
        <source>must be {wanted}, not {found}</source>
        <translation>deve ser {wanted}, e não {found}</translation>
    </message>
</context>
</TS>

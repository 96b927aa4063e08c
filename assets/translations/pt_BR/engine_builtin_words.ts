<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_builtin_words</name>
    <message>
        <source>exceptions must derive from BaseException</source>
        <translation>raise precisa de um erro, isto é, de uma classe ou de um objeto de BaseException</translation>
    </message>
    <message>
        <source>catching classes that do not inherit from BaseException is not allowed</source>
        <translation>except precisa de tipos de erro, isto é, de classes de BaseException</translation>
    </message>
    <message>
        <source>recursion limit must be greater or equal than 1</source>
        <translation>o limite de recursão é de ao menos 1</translation>
    </message>
    <message>
        <source>int too large to convert to float</source>
        <translation>o número inteiro é grande demais para um float</translation>
    </message>
    <message>
        <source>negative count</source>
        <translation>a quantidade é negativa</translation>
    </message>
    <message>
        <source>isinstance() arg 2 must be a type, a tuple of types, or a union</source>
        <translation>o segundo argumento de isinstance() é um tipo, uma tupla de tipos ou uma união</translation>
    </message>
    <message>
        <source>issubclass() arg 1 must be a class</source>
        <translation>o primeiro argumento de issubclass() é uma classe</translation>
    </message>
    <message>
        <source>attribute name must be string, not '{kind}'</source>
        <translation>o nome de um atributo é um texto, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>super(): no arguments</source>
        <translation>super() sem argumentos só funciona num método de uma classe</translation>
    </message>
    <message>
        <source>type() takes 1 or 3 arguments</source>
        <translation>type() recebe 1 ou 3 argumentos</translation>
    </message>
    <message>
        <source>{name}() accepts {n} positional sub-patterns ({found} given)</source>
        <translation>{name}() aceita no padrão {n} partes sem nome, e há {found}</translation>
    </message>
    <message>
        <source>{kind} does not support deleting items</source>
        <translation>nada se pode apagar de {kind} com del</translation>
    </message>
    <message>
        <source>'{kind}' object doesn't support item deletion</source>
        <translation>nada se pode apagar de um objeto '{kind}' com del</translation>
    </message>
    <message>
        <source>memoryview: a bytes-like object is required, not '{kind}'</source>
        <translation>memoryview precisa de bytes, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>a bytes-like object is required, not '{kind}'</source>
        <translation>espera-se bytes (um texto com b na frente, ou .encode()), e isto é '{kind}'</translation>
    </message>
    <message>
        <source>{name} expected at most {most} arguments, got {found}</source>
        <translation>{name} recebe no máximo {most} argumentos, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name} expected at least {least} argument, got {found}</source>
        <translation>{name} precisa de ao menos {least} argumento, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes exactly one argument ({found} given)</source>
        <translation>{name}() recebe exatamente um argumento, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes no arguments ({found} given)</source>
        <translation>{name}() não recebe argumentos, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name} expected {n} arguments, got {found}</source>
        <translation>{name} recebe {n} argumentos, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes at most {most} arguments ({found} given)</source>
        <translation>{name}() recebe no máximo {most} argumentos, e recebeu {found}</translation>
    </message>
    <message>
        <source>{name}() takes no arguments</source>
        <translation>{name}() não recebe argumentos</translation>
    </message>
    <message>
        <source>{name}() missing required argument '{argument}'</source>
        <translation>falta o argumento '{argument}' de {name}()</translation>
    </message>
    <message>
        <source>{name}() missing required argument '{argument}' (pos {place})</source>
        <translation>falta o argumento '{argument}' de {name}() (posição {place})</translation>
    </message>
    <message>
        <source>{name}() got some positional-only arguments passed as keyword arguments: {names}</source>
        <translation>{name}() recebe estes argumentos só por posição, sem nome: {names}</translation>
    </message>
    <message>
        <source>vars() argument must have __dict__ attribute</source>
        <translation>vars() precisa de um objeto com atributos próprios (__dict__)</translation>
    </message>
    <message>
        <source>'{kind}' object is not reversible</source>
        <translation>um objeto '{kind}' não se percorre de trás para diante</translation>
    </message>
    <message>
        <source>expected str, bytes or os.PathLike object, not {kind}</source>
        <translation>espera-se o caminho de um arquivo (str, bytes ou os.PathLike), e isto é {kind}</translation>
    </message>
    <message>
        <source>join() argument must be str, bytes, or os.PathLike object, not '{kind}'</source>
        <translation>join() precisa de caminhos (str, bytes ou os.PathLike), e isto é '{kind}'</translation>
    </message>
    <message>
        <source>bad operand type for abs(): '{kind}'</source>
        <translation>abs() não se aplica a um objeto '{kind}'</translation>
    </message>
    <message>
        <source>type {kind} doesn't define __round__ method</source>
        <translation>round() não se aplica a {kind}</translation>
    </message>
    <message>
        <source>sum() can't sum strings [use ''.join(seq) instead]</source>
        <translation>sum() não soma textos; para juntá-los há ''.join(…)</translation>
    </message>
    <message>
        <source>{name}() arg is an empty sequence</source>
        <translation>{name}() precisa de ao menos um elemento, e a sequência está vazia</translation>
    </message>
    <message>
        <source>dictionary update sequence element #{place} has length {n}; 2 is required</source>
        <translation>um dicionário se faz de pares, e o elemento {place} tem {n} elementos</translation>
    </message>
    <message>
        <source>cannot convert dictionary update sequence element #{place} to a sequence</source>
        <translation>um dicionário se faz de pares, e o elemento {place} não é um</translation>
    </message>
    <message>
        <source>%{code} format: a real number is required, not {kind}</source>
        <translation>%{code} precisa de um número, e isto é {kind}</translation>
    </message>
    <message>
        <source>Unknown format code '{code}' for object of type '{kind}'</source>
        <translation>o formato '{code}' não se aplica a um objeto '{kind}'</translation>
    </message>
    <message>
        <source>Replacement index {place} out of range for positional args tuple</source>
        <translation>o texto pede o argumento {place} de format(), que não existe</translation>
    </message>
    <message>
        <source>not enough arguments for format string</source>
        <translation>faltam valores para os % do texto</translation>
    </message>
    <message>
        <source>Format specifier missing precision</source>
        <translation>no formato, faltam as casas depois do ponto</translation>
    </message>
    <message>
        <source>Invalid format specifier '{code}' for object of type '{kind}'</source>
        <translation>o formato '{code}' não é válido para um objeto '{kind}'</translation>
    </message>
    <message>
        <source>expected '{sign}' before end of string</source>
        <translation>no texto falta o '{sign}' que fecha um lugar de format()</translation>
    </message>
    <message>
        <source>Single '{sign}' encountered in format string</source>
        <translation>no texto há um '{sign}' sozinho; a chave que é só um sinal escreve-se '{sign}{sign}'</translation>
    </message>
    <message>
        <source>slice indices must be integers or None or have an __index__ method</source>
        <translation>os limites de um corte são números inteiros ou None</translation>
    </message>
    <message>
        <source>__len__() should return &gt;= 0</source>
        <translation>__len__() tem de devolver um número que não é negativo</translation>
    </message>
    <message>
        <source>__str__ returned non-string (type {kind})</source>
        <translation>__str__ tem de devolver um texto, e devolveu {kind}</translation>
    </message>
    <message>
        <source>__init__() should return None, not '{kind}'</source>
        <translation>__init__() não devolve nada, e esta devolveu '{kind}'</translation>
    </message>
    <message>
        <source>property '{name}' of '{kind}' object has no setter</source>
        <translation>'{name}' de um objeto '{kind}' só se lê: nenhuma função o escreve (setter)</translation>
    </message>
    <message>
        <source>Can't instantiate abstract class {kind} with abstract method {name}</source>
        <translation>{kind} é abstrata: falta-lhe o método {name}</translation>
    </message>
    <message>
        <source>Can't instantiate abstract class {kind} with abstract methods {names}</source>
        <translation>{kind} é abstrata: faltam-lhe os métodos {names}</translation>
    </message>
    <message>
        <source>Cannot create a consistent method resolution
order (MRO) for bases {names}</source>
        <translation>as classes {names} não se podem herdar nesta ordem: uma é base da outra</translation>
    </message>
    <message>
        <source>list assignment index out of range</source>
        <translation>a lista não tem um elemento neste índice a que se possa dar um valor</translation>
    </message>
    <message>
        <source>pop index out of range</source>
        <translation>a lista não tem um elemento neste índice</translation>
    </message>
    <message>
        <source>list.remove(x): x not in list</source>
        <translation>a lista não tem este elemento para remover</translation>
    </message>
    <message>
        <source>{element} is not in list</source>
        <translation>{element} não está na lista</translation>
    </message>
    <message>
        <source>tuple.index(x): x not in tuple</source>
        <translation>a tupla não tem este elemento</translation>
    </message>
    <message>
        <source>range() arg 3 must not be zero</source>
        <translation>o passo de range() não pode ser zero</translation>
    </message>
    <message>
        <source>zip() argument {one} is longer than argument {other}</source>
        <translation>o argumento {one} de zip() é mais longo que o {other}</translation>
    </message>
    <message>
        <source>zip() argument {one} is shorter than argument {other}</source>
        <translation>o argumento {one} de zip() é mais curto que o {other}</translation>
    </message>
    <message>
        <source>empty separator</source>
        <translation>o separador está vazio</translation>
    </message>
    <message>
        <source>substring not found</source>
        <translation>o texto não contém este trecho</translation>
    </message>
    <message>
        <source>can only join an iterable</source>
        <translation>join() precisa de uma sequência de textos</translation>
    </message>
    <message>
        <source>unknown encoding: {name}</source>
        <translation>codificação desconhecida: {name}</translation>
    </message>
    <message>
        <source>'{name}' codec can't encode character {letter} in position {place}: {why}</source>
        <translation>'{name}' não tem o caractere {letter} (posição {place})</translation>
    </message>
    <message>
        <source>'{name}' codec can't decode byte {byte} in position {place}: {why}</source>
        <translation>o byte {byte} (posição {place}) não é texto em '{name}'</translation>
    </message>
    <message>
        <source>can't concat {one} to {other}</source>
        <translation>{one} não se junta a {other}</translation>
    </message>
    <message>
        <source>argument of type '{kind}' is not iterable</source>
        <translation>em um objeto '{kind}' não se procura com in</translation>
    </message>
    <message>
        <source>'in &lt;string&gt;' requires string as left operand, not {kind}</source>
        <translation>num texto só se procura um texto com in, e isto é {kind}</translation>
    </message>
    <message>
        <source>chr() arg not in range(0x110000)</source>
        <translation>chr() recebe um número de 0 a 0x10FFFF</translation>
    </message>
    <message>
        <source>ord() expected a character, but string of length {n} found</source>
        <translation>ord() recebe um só caractere, e este texto tem {n}</translation>
    </message>
    <message>
        <source>ord() expected string of length 1, but {kind} found</source>
        <translation>ord() recebe um texto de um só caractere, e isto é {kind}</translation>
    </message>
    <message>
        <source>{zero} cannot be raised to a negative power</source>
        <translation>{zero} não se eleva a uma potência negativa</translation>
    </message>
    <message>
        <source>math range error</source>
        <translation>o resultado é grande demais para um float</translation>
    </message>
    <message>
        <source>(34, 'Numerical result out of range')</source>
        <translation>o resultado é grande demais para um float</translation>
    </message>
    <message>
        <source>factorial() not defined for negative values</source>
        <translation>factorial() não existe para números negativos</translation>
    </message>
    <message>
        <source>cannot convert float NaN to integer</source>
        <translation>NaN não se converte em um número inteiro</translation>
    </message>
    <message>
        <source>cannot convert float infinity to integer</source>
        <translation>o infinito não se converte em um número inteiro</translation>
    </message>
    <message>
        <source>Exceeds the limit ({most} digits) for integer string conversion: value has {found} digits; use sys.set_int_max_str_digits() to increase the limit</source>
        <translation>o número tem {found} algarismos, e o limite de um texto é {most} (sys.set_int_max_str_digits() o muda)</translation>
    </message>
    <message>
        <source>Cannot choose from an empty sequence</source>
        <translation>de uma sequência vazia nada se escolhe</translation>
    </message>
    <message>
        <source>Sample larger than population or is negative</source>
        <translation>a amostra é maior que a população, ou negativa</translation>
    </message>
    <message>
        <source>Population must be a sequence.  For dicts or sets, use sorted(d)</source>
        <translation>a população tem de ser uma sequência; de um conjunto ou dicionário, use sorted(…)</translation>
    </message>
    <message>
        <source>empty range for randrange() ({begin}, {end}, {n})</source>
        <translation>não há número inteiro de {begin} até antes de {end}</translation>
    </message>
    <message>
        <source>non-integer arg 1 for randrange()</source>
        <translation>espera-se um número inteiro</translation>
    </message>
    <message>
        <source>The number of weights does not match the population</source>
        <translation>tem de haver um peso para cada elemento da população</translation>
    </message>
    <message>
        <source>sleep length must be non-negative</source>
        <translation>o tempo de espera não pode ser negativo</translation>
    </message>
    <message>
        <source>Object of type {kind} is not JSON serializable</source>
        <translation>um objeto {kind} não se escreve como JSON</translation>
    </message>
    <message>
        <source>the JSON object must be str, bytes or bytearray, not {kind}</source>
        <translation>o JSON que se lê é str, bytes ou bytearray, e isto é {kind}</translation>
    </message>
    <message>
        <source>[Errno 21] Is a directory: {name}</source>
        <translation>é uma pasta, não um arquivo: {name}</translation>
    </message>
    <message>
        <source>[Errno 17] File exists: {name}</source>
        <translation>já existe: {name}</translation>
    </message>
    <message>
        <source>[Errno 20] Not a directory: {name}</source>
        <translation>uma parte do caminho não é uma pasta: {name}</translation>
    </message>
    <message>
        <source>[Errno 2] No such file or directory: {name}</source>
        <translation>não existe tal arquivo ou pasta: {name}</translation>
    </message>
    <message>
        <source>invalid mode: {mode}</source>
        <translation>modo de abrir inválido: {mode}</translation>
    </message>
    <message>
        <source>not writable</source>
        <translation>o arquivo foi aberto só para ler</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>o arquivo foi aberto só para escrever</translation>
    </message>
    <message>
        <source>I/O operation on closed file</source>
        <translation>o arquivo já foi fechado</translation>
    </message>
    <message>
        <source>write() argument must be str, not {kind}</source>
        <translation>write() escreve um texto, e isto é {kind}</translation>
    </message>
    <message>
        <source>Command {name} returned non-zero exit status {code}</source>
        <translation>o comando {name} terminou com o código {code}</translation>
    </message>
    <message>
        <source>File is not a zip file</source>
        <translation>o arquivo não é um zip</translation>
    </message>
    <message>
        <source>unknown url type: {name}</source>
        <translation>endereço de tipo desconhecido: {name}</translation>
    </message>
    <message>
        <source>mutable default {kind} for field {name} is not allowed: use default_factory</source>
        <translation>o campo {name} não pode ter {kind} como valor padrão, que todos os objetos dividiriam: use field(default_factory=…)</translation>
    </message>
    <message>
        <source>non-default argument '{name}' follows default argument</source>
        <translation>o campo '{name}', sem valor padrão, vem depois de um que o tem</translation>
    </message>
    <message>
        <source>cannot assign to field '{name}'</source>
        <translation>o campo '{name}' não se pode mudar</translation>
    </message>
    <message>
        <source>{value} is not a valid {kind}</source>
        <translation>{value} não é um valor de {kind}</translation>
    </message>
    <message>
        <source>pop from an empty deque</source>
        <translation>o deque está vazio: nada há para tirar</translation>
    </message>
    <message>
        <source>popitem(): dictionary is empty</source>
        <translation>o dicionário está vazio: nada há para tirar</translation>
    </message>
    <message>
        <source>pop from an empty set</source>
        <translation>o conjunto está vazio: nada há para tirar</translation>
    </message>
    <message>
        <source>reduce() of empty iterable with no initial value</source>
        <translation>reduce() precisa de ao menos um elemento, ou de um valor inicial</translation>
    </message>
    <message>
        <source>missing ), unterminated subpattern at position {place}</source>
        <translation>na expressão regular falta o ) do grupo que começa na posição {place}</translation>
    </message>
    <message>
        <source>expected string or bytes-like object, got '{kind}'</source>
        <translation>espera-se um texto, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>month must be in 1..12</source>
        <translation>o mês vai de 1 a 12</translation>
    </message>
    <message>
        <source>day is out of range for month</source>
        <translation>o mês não tem este dia</translation>
    </message>
    <message>
        <source>mean requires at least one data point</source>
        <translation>a média precisa de ao menos um valor</translation>
    </message>
    <message>
        <source>a coroutine was expected, got {found}</source>
        <translation>espera-se uma corrotina, e isto é {found}</translation>
    </message>
    <message>
        <source>cannot join thread before it is started</source>
        <translation>a thread ainda não foi iniciada (start())</translation>
    </message>
    <message>
        <source>malformed node or string on line {line}: {found}</source>
        <translation>na linha {line}, isto não é um valor literal: {found}</translation>
    </message>
    <message>
        <source>Invalid base64-encoded string: number of data characters ({n}) cannot be 1 more than a multiple of 4</source>
        <translation>texto de base64 inválido: {n} caracteres de dados são um a mais que um múltiplo de 4</translation>
    </message>
    <message>
        <source>unpack requires a buffer of {n} bytes</source>
        <translation>unpack precisa de {n} bytes</translation>
    </message>
    <message>
        <source>attempted relative import with no known parent package</source>
        <translation>uma importação com ponto só funciona dentro de um pacote, e este programa não está em um</translation>
    </message>
    <message>
        <source>str expected, not {kind}</source>
        <translation>espera-se um texto, e isto é {kind}</translation>
    </message>
    <message>
        <source>descriptor '{name}' of '{kind}' object needs an argument</source>
        <translation>{name} precisa do objeto; em super() faltam os parênteses, ou o método foi chamado na classe {kind} e não num objeto</translation>
    </message>
    <message>
        <source>__bool__ should return bool, returned {kind}</source>
        <translation>__bool__ tem de devolver True ou False, e devolveu {kind}</translation>
    </message>
    <message>
        <source>iter() returned non-iterator of type '{kind}'</source>
        <translation>__iter__ tem de devolver um iterador, e devolveu {kind}</translation>
    </message>
    <message>
        <source>__hash__ method should return an integer</source>
        <translation>__hash__ tem de devolver um inteiro</translation>
    </message>
    <message>
        <source>__repr__ returned non-string (type {kind})</source>
        <translation>__repr__ tem de devolver um texto, e devolveu {kind}</translation>
    </message>
    <message>
        <source>cannot reassign member {name}</source>
        <translation>o membro {name} de um Enum não muda</translation>
    </message>
    <message>
        <source>unsupported format character '{letter}' ({code}) at index {place}</source>
        <translation>% não conhece o formato '{letter}' (posição {place})</translation>
    </message>
    <message>
        <source>string argument without an encoding</source>
        <translation>falta a codificação do texto, como em bytes(texto, "utf-8")</translation>
    </message>
    <message>
        <source>bytes must be in range(0, 256)</source>
        <translation>cada byte é um inteiro de 0 a 255</translation>
    </message>
    <message>
        <source>{name}() argument '{argument}' must be {wanted}, not {found}</source>
        <translation>o argumento '{argument}' de {name}() deve ser {wanted}, e não {found}</translation>
    </message>
    <message>
        <source>complex() arg is a malformed string</source>
        <translation>o texto não é um número complexo</translation>
    </message>
    <message>
        <source>int() base must be &gt;= 2 and &lt;= 36, or 0</source>
        <translation>a base de int() vai de 2 a 36, ou é 0</translation>
    </message>
    <message>
        <source>{name} must be None or a string, not {kind}</source>
        <translation>{name} deve ser um texto ou None, e não {kind}</translation>
    </message>
    <message>
        <source>'{argument}' is an invalid keyword argument for {name}()</source>
        <translation>{name}() não tem o argumento '{argument}'</translation>
    </message>
    <message>
        <source>must be str or None, not {kind}</source>
        <translation>deve ser um texto ou None, e não {kind}</translation>
    </message>
    <message>
        <source>{name}() accepts {n} positional sub-pattern ({found} given)</source>
        <translation>{name}() aceita {n} padrão posicional, e recebeu {found}</translation>
    </message>
    <message>
        <source>embedded null byte</source>
        <translation>há um byte nulo (\0) no meio</translation>
    </message>
    <message>
        <source>[Errno 22] Invalid argument: {name}</source>
        <translation>o sistema não aceita {name} aqui</translation>
    </message>
    <message>
        <source>[Errno 13] Permission denied: {name}</source>
        <translation>o sistema não permite o acesso a {name}</translation>
    </message>
    <message>
        <source>[Errno 36] File name too long: {name}</source>
        <translation>o nome do arquivo é longo demais: {name}</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_tables</name>
    <message>
        <source>0 / 0</source>
        <translation>0 / 0</translation>
    </message>
    <message>
        <source>0 / 0 is NaN</source>
        <translation>0 / 0 é NaN</translation>
    </message>
    <message>
        <source>0 to a negative power</source>
        <translation>0 elevado a uma potência negativa</translation>
    </message>
    <message>
        <source>0 · inf</source>
        <translation>0 · inf</translation>
    </message>
    <message>
        <source>0 · inf at the edge of the domain</source>
        <translation>0 · inf na borda do domínio</translation>
    </message>
    <message>
        <source>0 · inf, as behind where</source>
        <translation>0 · inf, como atrás de where</translation>
    </message>
    <message>
        <source>1 / 0 is infinite</source>
        <translation>1 / 0 é infinito</translation>
    </message>
    <message>
        <source>NaN in the data</source>
        <translation>NaN nos dados</translation>
    </message>
    <message>
        <source>a gradient that grew too large</source>
        <translation>um gradiente que cresceu demais</translation>
    </message>
    <message>
        <source>a negative number has no logarithm</source>
        <translation>um número negativo não tem logaritmo</translation>
    </message>
    <message>
        <source>a negative number has no square root</source>
        <translation>um número negativo não tem raiz quadrada</translation>
    </message>
    <message>
        <source>a negative number has no such power</source>
        <translation>um número negativo não tem essa potência</translation>
    </message>
    <message>
        <source>a row of all -inf</source>
        <translation>uma linha toda de -inf</translation>
    </message>
    <message>
        <source>a row that is masked whole</source>
        <translation>uma linha toda mascarada</translation>
    </message>
    <message>
        <source>a singular matrix</source>
        <translation>uma matriz singular</translation>
    </message>
    <message>
        <source>a sum of gradients</source>
        <translation>uma soma de gradientes</translation>
    </message>
    <message>
        <source>a target that is masked</source>
        <translation>um alvo mascarado</translation>
    </message>
    <message>
        <source>an angle of inf</source>
        <translation>um ângulo infinito</translation>
    </message>
    <message>
        <source>an infinite derivative</source>
        <translation>uma derivada infinita</translation>
    </message>
    <message>
        <source>an infinite operand</source>
        <translation>um operando infinito</translation>
    </message>
    <message>
        <source>an infinite operand times 0, or against its opposite, is NaN</source>
        <translation>um operando infinito vezes 0, ou contra o seu oposto, dá NaN</translation>
    </message>
    <message>
        <source>at a pole</source>
        <translation>num polo</translation>
    </message>
    <message>
        <source>at the edge of the domain</source>
        <translation>na borda do domínio</translation>
    </message>
    <message>
        <source>division by 0</source>
        <translation>divisão por 0</translation>
    </message>
    <message>
        <source>equal values, or one of 0</source>
        <translation>valores iguais, ou um deles 0</translation>
    </message>
    <message>
        <source>every target is ignored, so that the mean is 0 / 0</source>
        <translation>todos os alvos são ignorados, de modo que a média é 0 / 0</translation>
    </message>
    <message>
        <source>exp overflow</source>
        <translation>estouro de exp</translation>
    </message>
    <message>
        <source>float16 ends at 65,504, and the gradient is larger</source>
        <translation>float16 termina em 65.504, e o gradiente é maior</translation>
    </message>
    <message>
        <source>float16 ends at 65,504, and the result is larger</source>
        <translation>float16 termina em 65.504, e o resultado é maior</translation>
    </message>
    <message>
        <source>float16 overflow</source>
        <translation>estouro de float16</translation>
    </message>
    <message>
        <source>fractional power of a negative number</source>
        <translation>potência fracionária de um número negativo</translation>
    </message>
    <message>
        <source>inf - inf</source>
        <translation>inf - inf</translation>
    </message>
    <message>
        <source>infinities of its operands cancel</source>
        <translation>infinitos dos operandos se cancelam</translation>
    </message>
    <message>
        <source>its operands are as large as {largest} already, and the result is larger than its type holds</source>
        <translation>os operandos já chegam a {largest}, e o resultado é maior do que o seu tipo comporta</translation>
    </message>
    <message>
        <source>log at 0</source>
        <translation>log em 0</translation>
    </message>
    <message>
        <source>log of 0</source>
        <translation>log de 0</translation>
    </message>
    <message>
        <source>a target below 0</source>
        <translation>um alvo abaixo de 0</translation>
    </message>
    <message>
        <source>it takes the logarithm of its target, and a negative number has none</source>
        <translation>ele toma o logaritmo do alvo, e um número negativo não tem</translation>
    </message>
    <message>
        <source>logit of 0</source>
        <translation>logit de 0</translation>
    </message>
    <message>
        <source>logit is infinite at 0</source>
        <translation>logit é infinito em 0</translation>
    </message>
    <message>
        <source>log of a negative number</source>
        <translation>log de um número negativo</translation>
    </message>
    <message>
        <source>logit is infinite at 1</source>
        <translation>logit é infinito em 1</translation>
    </message>
    <message>
        <source>logit of 1</source>
        <translation>logit de 1</translation>
    </message>
    <message>
        <source>mean of nothing</source>
        <translation>média de nada</translation>
    </message>
    <message>
        <source>memory that was not filled</source>
        <translation>memória não preenchida</translation>
    </message>
    <message>
        <source>no derivative there</source>
        <translation>sem derivada ali</translation>
    </message>
    <message>
        <source>no target left</source>
        <translation>nenhum alvo restou</translation>
    </message>
    <message>
        <source>no way to the target</source>
        <translation>sem caminho até o alvo</translation>
    </message>
    <message>
        <source>not defined there</source>
        <translation>não definida ali</translation>
    </message>
    <message>
        <source>numbers that grew too large</source>
        <translation>números que cresceram demais</translation>
    </message>
    <message>
        <source>one number has no spread: 0 / 0</source>
        <translation>um só número não tem dispersão: 0 / 0</translation>
    </message>
    <message>
        <source>outside of the domain</source>
        <translation>fora do domínio</translation>
    </message>
    <message>
        <source>overflow</source>
        <translation>estouro</translation>
    </message>
    <message>
        <source>power at 0</source>
        <translation>potência em 0</translation>
    </message>
    <message>
        <source>power of a negative number</source>
        <translation>potência de um número negativo</translation>
    </message>
    <message>
        <source>softmax of a row that is all -inf is 0 / 0</source>
        <translation>softmax de uma linha toda de -inf é 0 / 0</translation>
    </message>
    <message>
        <source>softmax of a row that is masked whole is 0 / 0</source>
        <translation>softmax de uma linha toda mascarada é 0 / 0</translation>
    </message>
    <message>
        <source>spread of one number</source>
        <translation>dispersão de um só número</translation>
    </message>
    <message>
        <source>sqrt at 0</source>
        <translation>sqrt em 0</translation>
    </message>
    <message>
        <source>sqrt of a negative number</source>
        <translation>sqrt de um número negativo</translation>
    </message>
    <message>
        <source>the denominator is 0 there</source>
        <translation>o denominador é 0 ali</translation>
    </message>
    <message>
        <source>the derivative by the exponent is a logarithm of the base, which is negative</source>
        <translation>a derivada em relação ao expoente é um logaritmo da base, que é negativa</translation>
    </message>
    <message>
        <source>the derivative divides by the matrix, which has no inverse, or nearly none</source>
        <translation>a derivada divide pela matriz, que não tem inversa, ou quase não tem</translation>
    </message>
    <message>
        <source>the derivative is infinite at 0 and at each negative whole number</source>
        <translation>a derivada é infinita em 0 e em cada inteiro negativo</translation>
    </message>
    <message>
        <source>the derivative is infinite there</source>
        <translation>a derivada é infinita ali</translation>
    </message>
    <message>
        <source>the derivative of log is 1 / 0</source>
        <translation>a derivada de log é 1 / 0</translation>
    </message>
    <message>
        <source>the derivative of sqrt is infinite at 0</source>
        <translation>a derivada de sqrt é infinita em 0</translation>
    </message>
    <message>
        <source>the derivative of the power is infinite at 0</source>
        <translation>a derivada da potência é infinita em 0</translation>
    </message>
    <message>
        <source>the derivative of the vectors divides by differences of the values, of svd by the values too, and one is 0</source>
        <translation>a derivada dos vetores divide por diferenças dos valores, a de svd também pelos valores, e uma delas é 0</translation>
    </message>
    <message>
        <source>the derivative of {operation} is infinite, or larger than its type holds, {where}</source>
        <translation>a derivada de {operation} é infinita, ou maior do que o seu tipo comporta, {where}</translation>
    </message>
    <message>
        <source>the exponential is larger than its type holds</source>
        <translation>a exponencial é maior do que o seu tipo comporta</translation>
    </message>
    <message>
        <source>the gradient is larger than its type holds</source>
        <translation>o gradiente é maior do que o seu tipo comporta</translation>
    </message>
    <message>
        <source>the gradient that arrives is 0, and {operation} has no finite derivative {where}</source>
        <translation>o gradiente que chega é 0, e {operation} não tem derivada finita {where}</translation>
    </message>
    <message>
        <source>the gradient that arrives is 0, the derivative at the edge is infinite, and their product is NaN</source>
        <translation>o gradiente que chega é 0, a derivada na borda é infinita, e o produto deles é NaN</translation>
    </message>
    <message>
        <source>the gradient that arrives is 0, the derivative there is infinite, and their product is NaN</source>
        <translation>o gradiente que chega é 0, a derivada ali é infinita, e o produto deles é NaN</translation>
    </message>
    <message>
        <source>the input is too short to hold the target, which has probability 0</source>
        <translation>a entrada é curta demais para conter o alvo, que tem probabilidade 0</translation>
    </message>
    <message>
        <source>the length or the spread that it divides by is 0</source>
        <translation>o comprimento ou a dispersão por que ela divide é 0</translation>
    </message>
    <message>
        <source>the logarithm of 0 is -inf</source>
        <translation>o logaritmo de 0 é -inf</translation>
    </message>
    <message>
        <source>the matrix has no inverse, or nearly none</source>
        <translation>a matriz não tem inversa, ou quase não tem</translation>
    </message>
    <message>
        <source>the mean of no element is 0 / 0</source>
        <translation>a média de nenhum elemento é 0 / 0</translation>
    </message>
    <message>
        <source>the right answer has a score of -inf, and probability 0</source>
        <translation>a resposta certa tem score -inf, e probabilidade 0</translation>
    </message>
    <message>
        <source>the step is larger than its type holds</source>
        <translation>o passo é maior do que o seu tipo comporta</translation>
    </message>
    <message>
        <source>the step of an optimizer</source>
        <translation>o passo de um otimizador</translation>
    </message>
    <message>
        <source>values that are not finite</source>
        <translation>valores que não são finitos</translation>
    </message>
    <message>
        <source>what arrives here is not finite although each part of it was</source>
        <translation>o que chega aqui não é finito, embora cada parte fosse</translation>
    </message>
    <message>
        <source>what its operation took or gave was not finite</source>
        <translation>o que a operação recebeu ou deu não era finito</translation>
    </message>
    <message>
        <source>{operand} held NaN before</source>
        <translation>{operand} já continha NaN antes</translation>
    </message>
    <message>
        <source>{operand} was never filled in</source>
        <translation>{operand} nunca foi preenchido</translation>
    </message>
    <message>
        <source>{operation} has no derivative {where}</source>
        <translation>{operation} não tem derivada {where}</translation>
    </message>
    <message>
        <source>{operation} has no value at infinity</source>
        <translation>{operation} não tem valor no infinito</translation>
    </message>
    <message>
        <source>{operation} is infinite at 0 and at each negative whole number</source>
        <translation>{operation} é infinita em 0 e em cada inteiro negativo</translation>
    </message>
    <message>
        <source>{operation} is infinite, or larger than its type holds, {where}</source>
        <translation>{operation} é infinita, ou maior do que o seu tipo comporta, {where}</translation>
    </message>
    <message>
        <source>{operation} is not defined {where}</source>
        <translation>{operation} não é definida {where}</translation>
    </message>
    <message>
        <source>{operation} is not finite there</source>
        <translation>{operation} não é finita ali</translation>
    </message>
    <message>
        <source>{operation} makes NaN of an infinity</source>
        <translation>{operation} faz NaN de um infinito</translation>
    </message>
    <message>
        <source>the derivative by the second is x / y, and 0 / 0 is NaN</source>
        <translation>a derivada pelo segundo é x / y, e 0 / 0 é NaN</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_rules</name>
    <message id="meaning.SpecialI0EBackward0">
        <source>A Bessel function that is scaled so as not to grow. The scale's own slope is taken off.</source>
        <translation>Uma função de Bessel com uma escala que a impede de crescer. A inclinação da própria escala é descontada.</translation>
    </message>
    <message id="meaning.I0Backward0">
        <source>A Bessel function, whose slope is that of the next order. Both grow as the exponential does.</source>
        <translation>Uma função de Bessel, cuja inclinação é a da ordem seguinte. As duas crescem como a exponencial.</translation>
    </message>
    <message id="meaning.SpecialI1Backward0">
        <source>A Bessel function, whose slope is that of the next order. Both grow as the exponential does.</source>
        <translation>Uma função de Bessel, cuja inclinação é a da ordem seguinte. As duas crescem como a exponencial.</translation>
    </message>
    <message id="meaning.RreluWithNoiseBackward0">
        <source>A ReLU whose slope below zero was drawn at random. The gradient is multiplied by the slope that was drawn.</source>
        <translation>Uma ReLU cuja inclinação abaixo de zero foi sorteada. O gradiente é multiplicado pela inclinação sorteada.</translation>
    </message>
    <message id="meaning.EmbeddingBagBackward0">
        <source>A bag's sum or mean sends its gradient to each row that was looked up in it, a mean parted evenly. A row that no bag looked up gets 0.</source>
        <translation>A soma ou a média de um bag envia o seu gradiente a cada linha que foi consultada nele, a média repartida por igual. Uma linha que nenhum bag consultou recebe 0.</translation>
    </message>
    <message id="meaning.ReflectionPad3DBackward0">
        <source>A cell at the rim stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Uma célula da borda está em vários lugares da saída. Ela recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.ReplicationPad3DBackward0">
        <source>A cell at the rim stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Uma célula da borda está em vários lugares da saída. Ela recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.LinalgDetBackward0">
        <source>A cell counts as much as its cofactor: the determinant times the transposed inverse.</source>
        <translation>Uma célula conta tanto quanto o seu cofator: o determinante vezes a inversa transposta.</translation>
    </message>
    <message id="meaning.AddmvBackward0">
        <source>A cell of the matrix gets the gradient of its row times the vector's cell. The vector gets the transposed matrix times the gradient.</source>
        <translation>Uma célula da matriz recebe o gradiente da sua linha vezes a célula do vetor. O vetor recebe a matriz transposta vezes o gradiente.</translation>
    </message>
    <message id="meaning.MvBackward0">
        <source>A cell of the matrix gets the gradient of its row times the vector's cell. The vector gets the transposed matrix times the gradient.</source>
        <translation>Uma célula da matriz recebe o gradiente da sua linha vezes a célula do vetor. O vetor recebe a matriz transposta vezes o gradiente.</translation>
    </message>
    <message id="meaning.DivBackward1">
        <source>A constant divisor scales the gradient as it scales the value.</source>
        <translation>Um divisor constante muda a escala do gradiente como muda a do valor.</translation>
    </message>
    <message id="meaning.MulBackward1">
        <source>A constant factor scales the gradient as it scales the value.</source>
        <translation>Um fator constante muda a escala do gradiente como muda a do valor.</translation>
    </message>
    <message id="meaning.Deg2RadBackward0">
        <source>A constant factor.</source>
        <translation>Um fator constante.</translation>
    </message>
    <message id="meaning.Rad2DegBackward0">
        <source>A constant factor.</source>
        <translation>Um fator constante.</translation>
    </message>
    <message id="meaning.EluBackward0">
        <source>A constant slope where the operand is positive. Below, the slope fades as the exponential does.</source>
        <translation>Uma inclinação constante onde o operando é positivo. Abaixo, a inclinação se apaga como a exponencial.</translation>
    </message>
    <message id="meaning.EluBackward1">
        <source>A constant slope where the output is positive. Below, the slope fades as the exponential does.</source>
        <translation>Uma inclinação constante onde a saída é positiva. Abaixo, a inclinação se apaga como a exponencial.</translation>
    </message>
    <message id="meaning.PolygammaBackward0">
        <source>A derivative of the logarithm of the gamma function. Its slope is the next one.</source>
        <translation>Uma derivada do logaritmo da função gama. A inclinação dela é a seguinte.</translation>
    </message>
    <message id="meaning.SubBackward0">
        <source>A difference hands the gradient to the first operand unchanged, and to the second with its sign turned.</source>
        <translation>Uma diferença entrega o gradiente inalterado ao primeiro operando, e com o sinal invertido ao segundo.</translation>
    </message>
    <message id="meaning.RsubBackward0">
        <source>A difference hands the gradient to the second operand unchanged, and to the first with its sign turned.</source>
        <translation>Uma diferença entrega o gradiente inalterado ao segundo operando, e com o sinal invertido ao primeiro.</translation>
    </message>
    <message id="meaning.CumprodBackward0">
        <source>A factor is in its own product and in all later ones. It counts in each as much as the others there.</source>
        <translation>Um fator está no seu próprio produto e em todos os seguintes. Em cada um conta tanto quanto os outros dali.</translation>
    </message>
    <message id="meaning.StandardGammaBackward0">
        <source>A gamma sample moves with its shape as the place does where the distribution function keeps its value. So it has a derivative, and a shape can be learned from it.</source>
        <translation>Uma amostra gama se move com a sua forma como o lugar em que a função de distribuição guarda o seu valor. Assim ela tem derivada, e uma forma pode aprender com ela.</translation>
    </message>
    <message id="meaning.CholeskyInverseBackward0">
        <source>A larger factor has a smaller inverse, so the sign turns. The inverse stands on both sides.</source>
        <translation>Um fator maior tem uma inversa menor, por isso o sinal se inverte. A inversa está dos dois lados.</translation>
    </message>
    <message id="meaning.LinalgInvExBackward0">
        <source>A larger matrix has a smaller inverse, so the sign turns. The inverse stands on both sides.</source>
        <translation>Uma matriz maior tem uma inversa menor, então o sinal se inverte. A inversa aparece dos dois lados.</translation>
    </message>
    <message id="meaning.ReciprocalBackward0">
        <source>A larger operand makes the output smaller, so the sign turns. It is steep near zero.</source>
        <translation>Um operando maior torna a saída menor, então o sinal se inverte. É íngreme perto de zero.</translation>
    </message>
    <message id="meaning.RsqrtBackward0">
        <source>A larger operand makes the output smaller, so the sign turns. It is steep where the operand is small.</source>
        <translation>Um operando maior torna a saída menor, então o sinal se inverte. É íngreme onde o operando é pequeno.</translation>
    </message>
    <message id="meaning.OrmqrBackward0">
        <source>A matrix that is reflected several times. It gets the gradient reflected the other way, and each vector and size the gradient through all of the others.</source>
        <translation>Uma matriz que é refletida várias vezes. Ela recebe o gradiente refletido no outro sentido, e cada vetor e cada tamanho o gradiente através de todos os outros.</translation>
    </message>
    <message id="meaning.torch::autograd::CopySlices">
        <source>A part of a tensor was written in place. What was written gets the gradient of that part by its own operation, and what stood in the tensor before gets that of the rest.</source>
        <translation>Uma parte de um tensor foi escrita in-place. O que foi escrito recebe o gradiente dessa parte pela sua própria operação, e o que estava antes no tensor recebe o do resto.</translation>
    </message>
    <message id="meaning.DiagonalBackward0">
        <source>A part of the operand was taken. The gradient goes to that part, and zero to the rest.</source>
        <translation>Uma parte do operando foi tomada. O gradiente vai para essa parte, e zero para o resto.</translation>
    </message>
    <message id="meaning.SelectBackward0">
        <source>A part of the operand was taken. The gradient goes to that part, and zero to the rest.</source>
        <translation>Uma parte do operando foi tomada. O gradiente vai para essa parte, e zero para o resto.</translation>
    </message>
    <message id="meaning.SliceBackward0">
        <source>A part of the operand was taken. The gradient goes to that part, and zero to the rest.</source>
        <translation>Uma parte do operando foi tomada. O gradiente vai para essa parte, e zero para o resto.</translation>
    </message>
    <message id="meaning.ConvolutionBackward0">
        <source>A pixel gets the gradients of all outputs whose window it lay in, by the kernel's weights. A weight gets the sum over all places that it was laid on, and the bias the sum over all outputs of its channel.</source>
        <translation>Um pixel recebe os gradientes de todas as saídas em cuja janela estava, pelos pesos do kernel. Um peso recebe a soma sobre todos os lugares em que foi aplicado, e o viés a soma sobre todas as saídas do seu canal.</translation>
    </message>
    <message id="meaning.MvlgammaBackward0">
        <source>A product of gamma functions, half a step apart. The slope is the sum of their digammas.</source>
        <translation>Um produto de funções gama, a meio passo uma da outra. A inclinação é a soma das digamas delas.</translation>
    </message>
    <message id="meaning.LinalgHouseholderProductBackward0">
        <source>A product of reflections, one after the other. Each vector and each size gets the gradient through all of the others.</source>
        <translation>Um produto de reflexões, uma depois da outra. Cada vetor e cada tamanho recebe o gradiente através de todos os outros.</translation>
    </message>
    <message id="meaning.SparseAddmmBackward0">
        <source>A product with a matrix of which few elements are stored. The other one gets it times the same, transposed, and what was added gets its own share.</source>
        <translation>Um produto com uma matriz da qual poucos elementos estão guardados. A outra recebe o gradiente vezes a mesma, transposta, e o que foi somado recebe a sua própria parte.</translation>
    </message>
    <message id="meaning.RenormBackward0">
        <source>A row whose norm is above the limit is scaled down to it. Its gradient loses what points along the row, for a longer one would come out the same.</source>
        <translation>Uma linha cuja norma está acima do limite é reduzida a ele. Seu gradiente perde o que aponta ao longo da linha, pois uma mais longa daria o mesmo.</translation>
    </message>
    <message id="meaning.NormalBackward1">
        <source>A sample is drawn anew by chance, and no derivative says how it depends on its distribution: the operand gets 0. What is to learn from samples is written as a function of a fixed noise, or scored by log-probabilities.</source>
        <translation>Uma amostra é sorteada de novo a cada vez, e nenhuma derivada diz como ela depende da sua distribuição: o operando recebe 0. O que deve aprender de amostras se escreve como função de um ruído fixo, ou se avalia por log-probabilidades.</translation>
    </message>
    <message id="meaning.NormalBackward3">
        <source>A sample is drawn anew by chance, and no derivative says how it depends on its distribution: the operand gets 0. What is to learn from samples is written as a function of a fixed noise, or scored by log-probabilities.</source>
        <translation>Uma amostra é sorteada de novo a cada vez, e nenhuma derivada diz como ela depende da sua distribuição: o operando recebe 0. O que deve aprender de amostras se escreve como função de um ruído fixo, ou se avalia por log-probabilidades.</translation>
    </message>
    <message id="meaning.LinalgSvdBackward0">
        <source>A singular value gets how the matrix stretches along its two vectors. The vectors turn into each other, the faster the nearer their values are: where two are equal they have no derivative.</source>
        <translation>Um valor singular recebe quanto a matriz estica ao longo dos seus dois vetores. Os vetores giram um para o outro, tanto mais depressa quanto mais próximos são seus valores: onde dois são iguais, eles não têm derivada.</translation>
    </message>
    <message id="meaning.HardsigmoidBackward0">
        <source>A sixth of the gradient passes on the slope. On the flat ends nothing passes.</source>
        <translation>Um sexto do gradiente passa na rampa. Nas pontas planas nada passa.</translation>
    </message>
    <message id="meaning.SoftplusBackward0">
        <source>A smooth ReLU, whose slope is the sigmoid. Large operands pass the gradient, very negative ones pass none.</source>
        <translation>Uma ReLU suave, cuja inclinação é a sigmoide. Operandos grandes deixam passar o gradiente, os muito negativos não.</translation>
    </message>
    <message id="meaning.MishBackward0">
        <source>A smooth gate as GELU and SiLU. Large operands pass the gradient, very negative ones pass none.</source>
        <translation>Uma porta suave como GELU e SiLU. Operandos grandes deixam passar o gradiente, os muito negativos não.</translation>
    </message>
    <message id="meaning.GeluBackward0">
        <source>A smooth gate: the operand times the share of a normal distribution below it. Large operands pass the gradient, very negative ones pass none.</source>
        <translation>Uma porta suave: o operando vezes a fração de uma distribuição normal abaixo dele. Operandos grandes deixam passar o gradiente, os muito negativos não.</translation>
    </message>
    <message id="meaning.LogsumexpBackward0">
        <source>A smooth maximum: each element gets its softmax share of the gradient.</source>
        <translation>Um máximo suave: cada elemento recebe a sua fração softmax do gradiente.</translation>
    </message>
    <message id="meaning.LogaddexpBackward0">
        <source>A smooth maximum: each operand gets its share of the two exponentials.</source>
        <translation>Um máximo suave: cada operando recebe a sua fração das duas exponenciais.</translation>
    </message>
    <message id="meaning.AddBackward0">
        <source>A sum hands the gradient to both operands unchanged. An operand that was broadcast gets the sum over its copies.</source>
        <translation>Uma soma entrega o gradiente inalterado aos dois operandos. Um operando que passou por broadcast recebe a soma sobre as suas cópias.</translation>
    </message>
    <message id="meaning.SpecialZetaBackward0">
        <source>A sum of powers of all numbers from its operand on. It falls as the next power does; by its exponent it has no derivative in PyTorch.</source>
        <translation>Uma soma de potências de todos os números a partir do seu operando. Ela cai como a potência seguinte; pelo expoente ela não tem derivada no PyTorch.</translation>
    </message>
    <message id="meaning.ScaledDotProductFlashAttentionForCpuBackward0">
        <source>A value gets the gradients of all queries that looked at it, by how much they did. Query and key get the gradient of their score, which softmax has passed on less the mean of its row.</source>
        <translation>Um value recebe os gradientes de todas as queries que olharam para ele, na medida em que olharam. Query e key recebem o gradiente do seu score, que a softmax passou adiante menos a média da sua linha.</translation>
    </message>
    <message id="meaning.AsStridedBackward0">
        <source>A view by strides of its own. A cell that it shows at several places gets the sum of their gradients.</source>
        <translation>Uma view com strides próprios. Uma célula que ela mostra em vários lugares recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.LinalgEigBackward0">
        <source>An eigenvalue gets how the matrix stretches along its two vectors, the one from the left and the one from the right. Where two are equal they have no derivative.</source>
        <translation>Um autovalor recebe quanto a matriz estica ao longo dos seus dois vetores, o da esquerda e o da direita. Onde dois são iguais, eles não têm derivada.</translation>
    </message>
    <message id="meaning.LinalgEighBackward0">
        <source>An eigenvalue gets how the matrix stretches along its vector. The vectors turn into each other, the faster the nearer their values are: where two are equal they have no derivative.</source>
        <translation>Um autovalor recebe quanto a matriz estica ao longo do seu vetor. Os vetores giram um para o outro, tanto mais depressa quanto mais próximos são seus valores: onde dois são iguais, eles não têm derivada.</translation>
    </message>
    <message id="meaning.StdBackward0">
        <source>An element counts as far as it lies from the mean, measured in deviations. At the mean it gets none.</source>
        <translation>Um elemento conta conforme a sua distância da média, medida em desvios. Na média ele não recebe nada.</translation>
    </message>
    <message id="meaning.VarBackward0">
        <source>An element counts as far as it lies from the mean. At the mean it gets none.</source>
        <translation>Um elemento conta conforme a sua distância da média. Na média ele não recebe nada.</translation>
    </message>
    <message id="meaning.CumsumBackward0">
        <source>An element is in its own sum and in all later ones. It gets the sum of their gradients.</source>
        <translation>Um elemento está na sua própria soma e em todas as seguintes. Ele recebe a soma dos gradientes delas.</translation>
    </message>
    <message id="meaning.LogcumsumexpBackward0">
        <source>An element is in its own sum and in all later ones. Of each it gets its share, as of a softmax.</source>
        <translation>Um elemento está em sua própria soma e em todas as posteriores. De cada uma ele recebe a sua parte, como numa softmax.</translation>
    </message>
    <message id="meaning.LdexpBackward0">
        <source>As a product with a power of two. The power itself has the logarithm of two as its slope.</source>
        <translation>Como um produto com uma potência de dois. A própria potência tem o logaritmo de dois como inclinação.</translation>
    </message>
    <message id="meaning.LinalgPinvBackward0">
        <source>As of an inverse, with a turned sign and itself on both sides. Where the matrix is not square, directions that it does not reach count, too.</source>
        <translation>Como numa inversa, com o sinal invertido e ela mesma dos dois lados. Onde a matriz não é quadrada, contam também as direções que ela não alcança.</translation>
    </message>
    <message id="meaning.AcosBackward0">
        <source>As of the arc sine, with the sign turned.</source>
        <translation>Como a do arco seno, com o sinal invertido.</translation>
    </message>
    <message id="meaning.Exp2Backward0">
        <source>As the exponential, times the logarithm of the base.</source>
        <translation>Como a exponencial, vezes o logaritmo da base.</translation>
    </message>
    <message id="meaning.Log10Backward0">
        <source>As the natural logarithm, over the logarithm of the base.</source>
        <translation>Como o logaritmo natural, sobre o logaritmo da base.</translation>
    </message>
    <message id="meaning.Log2Backward0">
        <source>As the natural logarithm, over the logarithm of the base.</source>
        <translation>Como o logaritmo natural, sobre o logaritmo da base.</translation>
    </message>
    <message id="meaning.HardswishBackward0">
        <source>Below minus three nothing passes, above three all of it. Between them the slope rises on a line.</source>
        <translation>Abaixo de menos três nada passa, acima de três passa tudo. Entre eles a inclinação sobe numa reta.</translation>
    </message>
    <message id="meaning.LinalgLuBackward0">
        <source>Both triangles are made of the one matrix, so that it gets what comes to each, led back through the other. Rows are put back in their order first.</source>
        <translation>Os dois triângulos são feitos da mesma matriz, de modo que ela recebe o que chega a cada um, levado de volta pelo outro. Antes as linhas voltam à sua ordem.</translation>
    </message>
    <message id="meaning.LinalgLuFactorExBackward0">
        <source>Both triangles are made of the one matrix, so that it gets what comes to each, led back through the other. Rows are put back in their order first.</source>
        <translation>Os dois triângulos são feitos da mesma matriz, de modo que ela recebe o que chega a cada um, levado de volta pelo outro. Antes as linhas voltam à sua ordem.</translation>
    </message>
    <message id="meaning.LuUnpackBackward0">
        <source>Both triangles lie in one matrix. Each place of it gets the gradient of the triangle that it is in.</source>
        <translation>Os dois triângulos ficam em uma matriz. Cada lugar dela recebe o gradiente do triângulo em que está.</translation>
    </message>
    <message id="meaning.LinalgQrBackward0">
        <source>Columns that are made orthogonal one after the other. The gradient goes back through the triangle that says how much of the earlier columns was taken off.</source>
        <translation>Colunas que se tornam ortogonais uma depois da outra. O gradiente volta pelo triângulo que diz quanto das colunas anteriores foi retirado.</translation>
    </message>
    <message id="meaning.TraceBackward0">
        <source>Each cell of the diagonal gets the number that arrives. All others get none.</source>
        <translation>Cada célula da diagonal recebe o número que chega. Todas as outras não recebem nada.</translation>
    </message>
    <message id="meaning.WhereBackward0">
        <source>Each cell's gradient goes to the branch that it was taken from. The other branch gets zero, which a NaN or Inf in its own backward turns into NaN.</source>
        <translation>O gradiente de cada célula vai para o ramo de onde ela foi tirada. O outro ramo recebe zero, que um NaN ou Inf no backward dele transforma em NaN.</translation>
    </message>
    <message id="meaning.LogSoftmaxBackward0">
        <source>Each class gets its own gradient, less its share of all of them together. With a cross-entropy that is the predicted probability minus one for the right class, and the probability for the others.</source>
        <translation>Cada classe recebe o seu próprio gradiente, menos a sua fração de todos juntos. Com uma entropia cruzada, isso é a probabilidade prevista menos um para a classe certa, e a probabilidade para as outras.</translation>
    </message>
    <message id="meaning.MultiMarginLossBackward0">
        <source>Each class that comes too near the right one is pushed down, and the right one up as often. All others get 0.</source>
        <translation>Cada classe que chega perto demais da certa é empurrada para baixo, e a certa para cima outras tantas vezes. Todas as outras recebem 0.</translation>
    </message>
    <message id="meaning.NansumBackward0">
        <source>Each element gets the gradient of the sum that it went into. A NaN was left out, and gets none.</source>
        <translation>Cada elemento recebe o gradiente da soma em que entrou. Um NaN foi deixado de fora, e não recebe nada.</translation>
    </message>
    <message id="meaning.ProdBackward0">
        <source>Each factor counts as much as the product of all the others. A zero leaves a gradient only to itself.</source>
        <translation>Cada fator conta tanto quanto o produto de todos os outros. Um zero deixa gradiente só para si mesmo.</translation>
    </message>
    <message id="meaning.ProdBackward1">
        <source>Each factor counts as much as the product of all the others. A zero leaves a gradient only to itself.</source>
        <translation>Cada fator conta tanto quanto o produto de todos os outros. Um zero deixa gradiente só para si mesmo.</translation>
    </message>
    <message id="meaning.FftC2CBackward0">
        <source>Each frequency is a sum of all values, each turned by its own angle. Backward turns each gradient back by that angle and sums: it is the transform in the other direction.</source>
        <translation>Cada frequência é uma soma de todos os valores, cada um girado pelo seu próprio ângulo. O backward gira cada gradiente de volta por esse ângulo e soma: é a transformada no outro sentido.</translation>
    </message>
    <message id="meaning.FftC2RBackward0">
        <source>Each frequency is a sum of all values, each turned by its own angle. Backward turns each gradient back by that angle and sums: it is the transform in the other direction.</source>
        <translation>Cada frequência é uma soma de todos os valores, cada um girado pelo seu próprio ângulo. O backward gira cada gradiente de volta por esse ângulo e soma: é a transformada no outro sentido.</translation>
    </message>
    <message id="meaning.FftR2CBackward0">
        <source>Each frequency is a sum of all values, each turned by its own angle. Backward turns each gradient back by that angle and sums: it is the transform in the other direction.</source>
        <translation>Cada frequência é uma soma de todos os valores, cada um girado pelo seu próprio ângulo. O backward gira cada gradiente de volta por esse ângulo e soma: é a transformada no outro sentido.</translation>
    </message>
    <message id="meaning.GroupedMmBackward0">
        <source>Each group of rows has a matrix of its own, as each expert of a mixture its own tokens. A matrix gets a gradient from the rows of its group alone; an expert without tokens gets 0.</source>
        <translation>Cada grupo de linhas tem uma matriz própria, como cada especialista de uma mistura tem os seus tokens. Uma matriz recebe um gradiente só das linhas do seu grupo; um especialista sem tokens recebe 0.</translation>
    </message>
    <message id="meaning.MmBackward0">
        <source>Each matrix gets the gradient times the other one, transposed: a cell's gradient is the sum over all outputs that it took part in.</source>
        <translation>Cada matriz recebe o gradiente vezes a outra, transposta: o gradiente de uma célula é a soma sobre todas as saídas de que ela participou.</translation>
    </message>
    <message id="meaning.AddmmBackward0">
        <source>Each matrix gets the gradient times the other one, transposed: a cell's gradient is the sum over all outputs that it took part in. The bias gets the sum over the rows that it was added to.</source>
        <translation>Cada matriz recebe o gradiente vezes a outra, transposta: o gradiente de uma célula é a soma sobre todas as saídas de que ela participou. O viés recebe a soma sobre as linhas a que foi somado.</translation>
    </message>
    <message id="meaning.BaddbmmBackward0">
        <source>Each matrix gets the gradient times the other one, transposed: a cell's gradient is the sum over all outputs that it took part in. The bias gets the sum over the rows that it was added to.</source>
        <translation>Cada matriz recebe o gradiente vezes a outra, transposta: o gradiente de uma célula é a soma sobre todas as saídas de que ela participou. O viés recebe a soma sobre as linhas a que foi somado.</translation>
    </message>
    <message id="meaning.LinearBackward0">
        <source>Each matrix gets the gradient times the other one, transposed: a cell's gradient is the sum over all outputs that it took part in. The bias gets the sum over the rows that it was added to.</source>
        <translation>Cada matriz recebe o gradiente vezes a outra, transposta: o gradiente de uma célula é a soma sobre todas as saídas de que ela participou. O viés recebe a soma sobre as linhas a que foi somado.</translation>
    </message>
    <message id="meaning.MeanBackward1">
        <source>Each of N elements counts one N-th. The gradient of a mean is parted among what it was taken of.</source>
        <translation>Cada um de N elementos conta um N-avo. O gradiente de uma média é repartido entre aquilo de que ela foi tirada.</translation>
    </message>
    <message id="meaning.MeanBackward0">
        <source>Each of N elements counts one N-th. The number that arrives is parted among them.</source>
        <translation>Cada um de N elementos conta um N-avo. O número que chega é repartido entre eles.</translation>
    </message>
    <message id="meaning.HypotBackward0">
        <source>Each operand gets the gradient times its own share of the length.</source>
        <translation>Cada operando recebe o gradiente vezes a sua própria fração do comprimento.</translation>
    </message>
    <message id="meaning.MulBackward0">
        <source>Each operand gets the gradient times the other one: the larger the partner, the more a change counts. An operand that was broadcast gets the sum over its copies.</source>
        <translation>Cada operando recebe o gradiente vezes o outro: quanto maior o parceiro, mais conta uma mudança. Um operando que passou por broadcast recebe a soma sobre as suas cópias.</translation>
    </message>
    <message id="meaning.Atan2Backward0">
        <source>Each operand turns the angle as far as the other one is large, and less the longer the arrow is.</source>
        <translation>Cada operando gira o ângulo tanto mais quanto maior é o outro, e menos quanto mais longa é a seta.</translation>
    </message>
    <message id="meaning.UpsampleBicubic2DAaBackward0">
        <source>Each output pixel is a weighted mean of an area. A pixel gets the gradients of all of them, by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada de uma área. Um pixel recebe os gradientes de todas elas, com os mesmos pesos.</translation>
    </message>
    <message id="meaning.UpsampleBilinear2DAaBackward0">
        <source>Each output pixel is a weighted mean of an area. A pixel gets the gradients of all of them, by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada de uma área. Um pixel recebe os gradientes de todas elas, com os mesmos pesos.</translation>
    </message>
    <message id="meaning.GridSampler2DBackward0">
        <source>Each output pixel is a weighted mean of the pixels around a place. They get its gradient by the same weights, and the place gets how the mean would change if it moved.</source>
        <translation>Cada pixel da saída é uma média ponderada dos pixels em volta de um lugar. Eles recebem o gradiente dele com os mesmos pesos, e o lugar recebe como a média mudaria se ele se movesse.</translation>
    </message>
    <message id="meaning.UpsampleBicubic2DBackward0">
        <source>Each output pixel is a weighted mean of the pixels near it. They get its gradient by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada dos pixels perto dele. Eles recebem o gradiente dele pelos mesmos pesos.</translation>
    </message>
    <message id="meaning.UpsampleBilinear2DBackward0">
        <source>Each output pixel is a weighted mean of the pixels near it. They get its gradient by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada dos pixels perto dele. Eles recebem o gradiente dele pelos mesmos pesos.</translation>
    </message>
    <message id="meaning.UpsampleLinear1DBackward0">
        <source>Each output pixel is a weighted mean of the pixels near it. They get its gradient by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada dos pixels perto dele. Eles recebem o gradiente dele pelos mesmos pesos.</translation>
    </message>
    <message id="meaning.UpsampleTrilinear3DBackward0">
        <source>Each output pixel is a weighted mean of the pixels near it. They get its gradient by the same weights.</source>
        <translation>Cada pixel da saída é uma média ponderada dos pixels perto dele. Eles recebem o gradiente dele pelos mesmos pesos.</translation>
    </message>
    <message id="meaning.GridSampler3DBackward0">
        <source>Each output point is a weighted mean of the points around a place. They get its gradient by the same weights, and the place gets how the mean would change if it moved.</source>
        <translation>Cada ponto da saída é uma média ponderada dos pontos ao redor de um lugar. Eles recebem o gradiente com os mesmos pesos, e o lugar recebe como a média mudaria se ele se movesse.</translation>
    </message>
    <message id="meaning.UpsampleNearest1DBackward0">
        <source>Each pixel stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Cada pixel está em vários lugares da saída. Ele recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.UpsampleNearestExact1DBackward0">
        <source>Each pixel stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Cada pixel está em vários lugares da saída. Ele recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.UpsampleNearestExact3DBackward0">
        <source>Each pixel stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Cada pixel está em vários lugares da saída. Ele recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.CdistBackward0">
        <source>Each point is pulled along the line to the other, one of each pair to either side. Where two are equal a distance has no derivative, and they get 0.</source>
        <translation>Cada ponto é puxado ao longo da reta até o outro, os dois de cada par para lados opostos. Onde dois são iguais uma distância não tem derivada, e eles recebem 0.</translation>
    </message>
    <message id="meaning.DistBackward0">
        <source>Each point is pulled along the line to the other, one of each pair to either side. Where two are equal a distance has no derivative, and they get 0.</source>
        <translation>Cada ponto é puxado ao longo da reta até o outro, os dois de cada par para lados opostos. Onde dois são iguais uma distância não tem derivada, e eles recebem 0.</translation>
    </message>
    <message id="meaning.PdistBackward0">
        <source>Each point is pulled along the line to the other, one of each pair to either side. Where two are equal a distance has no derivative, and they get 0.</source>
        <translation>Cada ponto é puxado ao longo da reta até o outro, os dois de cada par para lados opostos. Onde dois são iguais uma distância não tem derivada, e eles recebem 0.</translation>
    </message>
    <message id="meaning.SegmentReduceBackward0">
        <source>Each segment of rows is made one. A sum passes the gradient to each row of it, a mean parts it evenly, and of extremes the one that was taken gets it.</source>
        <translation>Cada segmento de linhas vira um. Uma soma passa o gradiente a cada linha dele, uma média o reparte por igual, e dos extremos recebe-o o que foi tomado.</translation>
    </message>
    <message id="meaning.EmbeddingBackward0">
        <source>Each token looked up one row of the table. A row gets the sum of the gradients of all its tokens, and a row that no token used gets zero.</source>
        <translation>Cada token buscou uma linha da tabela. Uma linha recebe a soma dos gradientes de todos os seus tokens, e uma linha que nenhum token usou recebe zero.</translation>
    </message>
    <message id="meaning.MaxUnpool2DBackward0">
        <source>Each value is put at the place where a pooling had found it. It gets the gradient of that place.</source>
        <translation>Cada valor é posto no lugar onde um pooling o tinha encontrado. Ele recebe o gradiente desse lugar.</translation>
    </message>
    <message id="meaning.LinalgCrossBackward0">
        <source>Each vector gets the cross product of the other one with the gradient.</source>
        <translation>Cada vetor recebe o produto vetorial do outro com o gradiente.</translation>
    </message>
    <message id="meaning.DotBackward0">
        <source>Each vector gets the other one, times the one number that arrives.</source>
        <translation>Cada vetor recebe o outro, vezes o único número que chega.</translation>
    </message>
    <message id="meaning.AddrBackward0">
        <source>Each vector of an outer product gets the gradient's matrix times the other vector.</source>
        <translation>Cada vetor de um produto externo recebe a matriz do gradiente vezes o outro vetor.</translation>
    </message>
    <message id="meaning.AdaptiveMaxPool2DBackward0">
        <source>Each window handed on its largest element only, which gets the gradient. All others get none.</source>
        <translation>Cada janela passou adiante só o seu maior elemento, que recebe o gradiente. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.MaxPool2DWithIndicesBackward0">
        <source>Each window handed on its largest element only, which gets the gradient. All others get none.</source>
        <translation>Cada janela passou adiante só o seu maior elemento, que recebe o gradiente. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.MaxPool3DWithIndicesBackward0">
        <source>Each window handed on its largest element only, which gets the gradient. All others get none.</source>
        <translation>Cada janela passou adiante só o seu maior elemento, que recebe o gradiente. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.AdaptiveAvgPool2DBackward0">
        <source>Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed.</source>
        <translation>O gradiente de cada janela é repartido por igual entre os seus elementos. Onde janelas se sobrepõem, as partes são somadas.</translation>
    </message>
    <message id="meaning.AdaptiveAvgPool3DBackward0">
        <source>Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed.</source>
        <translation>O gradiente de cada janela é repartido por igual entre os seus elementos. Onde janelas se sobrepõem, as partes são somadas.</translation>
    </message>
    <message id="meaning.AvgPool2DBackward0">
        <source>Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed.</source>
        <translation>O gradiente de cada janela é repartido por igual entre os seus elementos. Onde janelas se sobrepõem, as partes são somadas.</translation>
    </message>
    <message id="meaning.AvgPool3DBackward0">
        <source>Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed.</source>
        <translation>O gradiente de cada janela é repartido por igual entre os seus elementos. Onde janelas se sobrepõem, as partes são somadas.</translation>
    </message>
    <message id="meaning.GatherBackward0">
        <source>Elements were looked up by index. Each gets the gradient of its place, summed where it was taken twice.</source>
        <translation>Elementos foram buscados por índice. Cada um recebe o gradiente do seu lugar, somado onde foi tomado duas vezes.</translation>
    </message>
    <message id="meaning.IndexBackward0">
        <source>Elements were looked up by index. Each gets the gradient of its place, summed where it was taken twice.</source>
        <translation>Elementos foram buscados por índice. Cada um recebe o gradiente do seu lugar, somado onde foi tomado duas vezes.</translation>
    </message>
    <message id="meaning.IndexSelectBackward0">
        <source>Elements were looked up by index. Each gets the gradient of its place, summed where it was taken twice.</source>
        <translation>Elementos foram buscados por índice. Cada um recebe o gradiente do seu lugar, somado onde foi tomado duas vezes.</translation>
    </message>
    <message id="meaning.TakeBackward0">
        <source>Elements were looked up by index. Each gets the gradient of its place, summed where it was taken twice.</source>
        <translation>Elementos foram buscados por índice. Cada um recebe o gradiente do seu lugar, somado onde foi tomado duas vezes.</translation>
    </message>
    <message id="meaning.SumBackward1">
        <source>Every element of a sum counts once. Each gets the gradient of the sum that it went into.</source>
        <translation>Cada elemento de uma soma conta uma vez. Cada um recebe o gradiente da soma em que entrou.</translation>
    </message>
    <message id="meaning.SumBackward0">
        <source>Every element of a sum counts once. Each gets the one number that arrives.</source>
        <translation>Cada elemento de uma soma conta uma vez. Cada um recebe o único número que chega.</translation>
    </message>
    <message id="meaning.CtcLossBackward0">
        <source>Every way to spell the target counts, by its probability. Where a symbol is on more of them than the scores say, its gradient is negative, so that it grows.</source>
        <translation>Cada maneira de soletrar o alvo conta, por sua probabilidade. Onde um símbolo está em mais delas do que os scores dizem, o gradiente é negativo, para que ele cresça.</translation>
    </message>
    <message id="meaning.torch::autograd::AccumulateGrad">
        <source>Here a gradient ends: it is added to what the leaf's .grad holds. Without zero_grad that goes on growing from pass to pass.</source>
        <translation>Aqui um gradiente termina: ele é somado ao que o .grad da folha contém. Sem zero_grad isso cresce de passagem em passagem.</translation>
    </message>
    <message id="meaning.WeightNormInterfaceBackward0">
        <source>Length and direction of a weight are learnt apart. The length gets the part of the gradient along the direction, and the direction the rest, so that its own length changes nothing.</source>
        <translation>Comprimento e direção de um peso são aprendidos em separado. O comprimento recebe a parte do gradiente ao longo da direção, e a direção o resto, de modo que o comprimento dela não muda nada.</translation>
    </message>
    <message id="meaning.NativeBatchNormBackward0">
        <source>Mean and variance are made of the operand itself, so from its gradient the mean is taken away, and the part along the normalised operand. What only shifts or scales a whole channel changes nothing, and gets no gradient.</source>
        <translation>Média e variância são feitas do próprio operando, então do gradiente dele se tiram a média e a parte ao longo do operando normalizado. O que só desloca ou muda a escala de um canal inteiro não muda nada, e não recebe gradiente.</translation>
    </message>
    <message id="meaning.NativeGroupNormBackward0">
        <source>Mean and variance are made of the operand itself, so from its gradient the mean is taken away, and the part along the normalised operand. What only shifts or scales a whole group changes nothing, and gets no gradient.</source>
        <translation>Média e variância são feitas do próprio operando, então do gradiente dele se tiram a média e a parte ao longo do operando normalizado. O que só desloca ou muda a escala de um grupo inteiro não muda nada, e não recebe gradiente.</translation>
    </message>
    <message id="meaning.NativeLayerNormBackward0">
        <source>Mean and variance are made of the operand itself, so from its gradient the mean is taken away, and the part along the normalised operand. What only shifts or scales a whole group changes nothing, and gets no gradient.</source>
        <translation>Média e variância são feitas do próprio operando, então do gradiente dele se tiram a média e a parte ao longo do operando normalizado. O que só desloca ou muda a escala de um grupo inteiro não muda nada, e não recebe gradiente.</translation>
    </message>
    <message id="meaning.HuberLossBackward0">
        <source>Near the target the pull grows with the distance, farther away it stays the same. An outlier pulls no harder.</source>
        <translation>Perto do alvo a força cresce com a distância, mais longe fica a mesma. Um valor muito distante não puxa mais forte.</translation>
    </message>
    <message id="meaning.SmoothL1LossBackward0">
        <source>Near the target the pull grows with the distance, farther away it stays the same. An outlier pulls no harder.</source>
        <translation>Perto do alvo a força cresce com a distância, mais longe fica a mesma. Um valor muito distante não puxa mais forte.</translation>
    </message>
    <message id="meaning.GluBackward0">
        <source>One half of the operand is gated by the sigmoid of the other. The gate passes the gradient to the first half, and learns from what it let through.</source>
        <translation>Uma metade do operando passa pela porta da sigmoide da outra. A porta deixa passar o gradiente para a primeira metade, e aprende com o que deixou passar.</translation>
    </message>
    <message id="meaning.AffineGridGeneratorBackward0">
        <source>One matrix makes all places of the grid. It gets the sum of their gradients, each times the place that it was made of.</source>
        <translation>Uma matriz faz todos os lugares da grade. Ela recebe a soma dos gradientes deles, cada um vezes o lugar de que foi feito.</translation>
    </message>
    <message id="meaning.MkldnnRnnLayerBackward0">
        <source>One node for all steps of an LSTM. The gradient goes back through the cell state, which the forget gate alone scales at each step, and reaches the weights at every step: theirs is the sum.</source>
        <translation>Um nó para todos os passos de uma LSTM. O gradiente volta pelo estado da célula, cuja escala só a porta de esquecimento muda a cada passo, e chega aos pesos em todos os passos: o deles é a soma.</translation>
    </message>
    <message id="meaning.ExpandBackward0">
        <source>One number stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Um número está em vários lugares da saída. Ele recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.RepeatBackward0">
        <source>One number stands at several places of the output. It gets the sum of their gradients.</source>
        <translation>Um número está em vários lugares da saída. Ele recebe a soma dos gradientes deles.</translation>
    </message>
    <message id="meaning.ErfinvBackward0">
        <source>One over the bell curve: steep where the operand is near one or minus one.</source>
        <translation>Um sobre a curva de sino: íngreme onde o operando está perto de um ou de menos um.</translation>
    </message>
    <message id="meaning.AmaxBackward0">
        <source>Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it.</source>
        <translation>Só o elemento extremo decide a saída, então só ele recebe o gradiente. Elementos iguais o dividem.</translation>
    </message>
    <message id="meaning.AminBackward0">
        <source>Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it.</source>
        <translation>Só o elemento extremo decide a saída, então só ele recebe o gradiente. Elementos iguais o dividem.</translation>
    </message>
    <message id="meaning.MaxBackward1">
        <source>Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it.</source>
        <translation>Só o elemento extremo decide a saída, então só ele recebe o gradiente. Elementos iguais o dividem.</translation>
    </message>
    <message id="meaning.MedianBackward0">
        <source>Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it.</source>
        <translation>Só o elemento extremo decide a saída, então só ele recebe o gradiente. Elementos iguais o dividem.</translation>
    </message>
    <message id="meaning.MinBackward1">
        <source>Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it.</source>
        <translation>Só o elemento extremo decide a saída, então só ele recebe o gradiente. Elementos iguais o dividem.</translation>
    </message>
    <message id="meaning.AdaptiveMaxPool3DBackward0">
        <source>Only the largest element of each window decides the output. It alone gets the gradient.</source>
        <translation>Só o maior elemento de cada janela decide a saída. Só ele recebe o gradiente.</translation>
    </message>
    <message id="meaning.FractionalMaxPool2DBackward0">
        <source>Only the largest element of each window decides the output. It alone gets the gradient.</source>
        <translation>Só o maior elemento de cada janela decide a saída. Só ele recebe o gradiente.</translation>
    </message>
    <message id="meaning.NllLossBackward0">
        <source>Only the log-probability of each right class is in the loss, so it alone gets a gradient, and that is negative: more of it means less loss. The other classes hear of it in the log_softmax before.</source>
        <translation>Só a log-probabilidade de cada classe certa está na perda, então só ela recebe gradiente, e ele é negativo: mais dela significa menos perda. As outras classes sabem disso pelo log_softmax anterior.</translation>
    </message>
    <message id="meaning.AminmaxBackward0">
        <source>Only the two extreme elements decide the output, so they alone get the gradients. Elements that are equal share them.</source>
        <translation>Só os dois elementos extremos decidem a saída, por isso só eles recebem os gradientes. Elementos iguais os repartem.</translation>
    </message>
    <message id="meaning.FakeQuantizePerTensorAffineCachemaskBackward0">
        <source>Rounding to a grid has no derivative, so the gradient goes through as if nothing was rounded. Only what lies beyond the ends of the grid gets 0.</source>
        <translation>Arredondar a uma grade não tem derivada, e o gradiente passa como se nada fosse arredondado. Só o que fica além das pontas da grade recebe 0.</translation>
    </message>
    <message id="meaning.FakeQuantizeLearnablePerTensorAffineBackward0">
        <source>Rounding to a grid whose step is learned. A value inside of the grid gets the gradient as it is, and the step gets how far the rounding moved each of them, and the last place of the grid where a value lies beyond.</source>
        <translation>Um arredondamento a uma grade cujo passo é aprendido. Um valor dentro da grade recebe o gradiente como ele é, e o passo recebe quanto o arredondamento moveu cada um, e o último lugar da grade onde um valor fica além dela.</translation>
    </message>
    <message id="meaning.StackBackward0">
        <source>Tensors were laid on each other. Each gets its own layer of the gradient.</source>
        <translation>Tensores foram empilhados. Cada um recebe a sua própria camada do gradiente.</translation>
    </message>
    <message id="meaning.CatBackward0">
        <source>Tensors were put side by side. Each gets the part of the gradient that lies at its place.</source>
        <translation>Tensores foram postos lado a lado. Cada um recebe a parte do gradiente que está no seu lugar.</translation>
    </message>
    <message id="meaning.AngleBackward0">
        <source>The angle changes where the number moves across its own direction, the more the nearer it is to 0. At 0 it has no derivative.</source>
        <translation>O ângulo muda quando o número se move transversalmente à sua própria direção, tanto mais quanto mais perto de 0 ele está. Em 0 não há derivada.</translation>
    </message>
    <message id="meaning.GeluBackwardBackward0">
        <source>The backward of a GELU, differentiated once more. To what arrived there goes the same slope again, and to its operand how that slope changes with it.</source>
        <translation>O backward de uma GELU, derivado mais uma vez. Ao que chegou lá vai de novo a mesma inclinação, e ao operando como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.ThresholdBackwardBackward0">
        <source>The backward of a ReLU, differentiated once more. It lets through where the ReLU did, and as its slope changes nowhere, its operand gets 0: a ReLU has no second derivative to learn from.</source>
        <translation>O backward de uma ReLU, derivado mais uma vez. Ele deixa passar onde a ReLU deixou, e como a inclinação não muda em lugar nenhum, o operando recebe 0: uma ReLU não tem segunda derivada com que aprender.</translation>
    </message>
    <message id="meaning.NativeBatchNormBackwardBackward0">
        <source>The backward of a batch norm, differentiated once more. Mean and spread depend on all elements, so each of them gets how all gradients of the first backward change with it.</source>
        <translation>O backward de uma batch norm, derivado mais uma vez. Média e dispersão dependem de todos os elementos, e cada um recebe como todos os gradientes do primeiro backward mudam com ele.</translation>
    </message>
    <message id="meaning.UpsampleBilinear2DBackwardBackward0">
        <source>The backward of a bilinear interpolation sums by the same weights, so that its own backward interpolates again.</source>
        <translation>O backward de uma interpolação bilinear soma com os mesmos pesos, de modo que o seu próprio backward interpola de novo.</translation>
    </message>
    <message id="meaning.ConvolutionBackwardBackward0">
        <source>The backward of a convolution, differentiated once more. All three of its operands are multiplied with each other by pairs, so each gets the convolution of the two others with what arrives.</source>
        <translation>O backward de uma convolução, derivado mais uma vez. Os três operandos são multiplicados entre si aos pares, por isso cada um recebe a convolução dos outros dois com o que chega.</translation>
    </message>
    <message id="meaning.GluBackwardBackward0">
        <source>The backward of a gated linear unit, differentiated once more. Both halves of its operand are multiplied with each other, so each gets the gradient by way of the other.</source>
        <translation>O backward de uma unidade linear com porta, derivado mais uma vez. As duas metades do operando são multiplicadas uma pela outra, e cada uma recebe o gradiente por meio da outra.</translation>
    </message>
    <message id="meaning.HardswishBackwardBackward0">
        <source>The backward of a hardswish, differentiated once more. To what arrived there goes the same slope again, and to its operand how that slope changes with it.</source>
        <translation>O backward de um hardswish, derivado mais uma vez. Ao que chegou lá vai de novo a mesma inclinação, e ao operando como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.HardtanhBackwardBackward0">
        <source>The backward of a hardtanh, differentiated once more. It lets through between the limits, and its slope changes nowhere, so its operand gets 0.</source>
        <translation>O backward de uma hardtanh, derivado mais uma vez. Ele deixa passar entre os limites, e sua inclinação não muda em lugar nenhum, de modo que o operando recebe 0.</translation>
    </message>
    <message id="meaning.NativeLayerNormBackwardBackward0">
        <source>The backward of a layer norm, differentiated once more. Mean and spread depend on all elements, so each of them gets how all gradients of the first backward change with it.</source>
        <translation>O backward de uma layer norm, derivado mais uma vez. Média e dispersão dependem de todos os elementos, e cada um recebe como todos os gradientes do primeiro backward mudam com ele.</translation>
    </message>
    <message id="meaning.LeakyReluBackwardBackward0">
        <source>The backward of a leaky ReLU, differentiated once more. Its slope is one of two numbers and changes nowhere, so its operand gets 0.</source>
        <translation>O backward de uma leaky ReLU, derivado mais uma vez. A inclinação é um de dois números e não muda em lugar nenhum, de modo que o operando recebe 0.</translation>
    </message>
    <message id="meaning.LogSigmoidBackwardBackward0">
        <source>The backward of a log-sigmoid, differentiated once more. To what arrived there goes the same slope again, and to its operand how that slope changes with it.</source>
        <translation>O backward de uma log-sigmoide, derivado mais uma vez. Ao que chegou ali vai de novo a mesma inclinação, e ao operando como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.LogSoftmaxBackwardDataBackward0">
        <source>The backward of a log-softmax, differentiated once more. What arrived there gets the gradient less its mean by the probabilities, and the logarithms get how these change.</source>
        <translation>O backward de um log-softmax, derivado mais uma vez. O que chegou lá recebe o gradiente menos a média dele pelas probabilidades, e os logaritmos recebem como estas mudam.</translation>
    </message>
    <message id="meaning.MaxPool2DWithIndicesBackwardBackward0">
        <source>The backward of a maximum over windows, which is linear, so that its own backward is what stood at the largest again. What came in does not count in it.</source>
        <translation>O backward de um máximo sobre janelas, que é linear, de modo que o seu próprio backward é de novo o que estava no maior. O que entrou não conta nele.</translation>
    </message>
    <message id="meaning.ReflectionPad2DBackwardBackward0">
        <source>The backward of a mirrored border, which is linear, so that its own backward is the border again. What came in does not count in it.</source>
        <translation>O backward de uma borda espelhada, que é linear, de modo que o seu próprio backward é de novo a borda. O que entrou não conta nele.</translation>
    </message>
    <message id="meaning.SigmoidBackwardBackward0">
        <source>The backward of a sigmoid, differentiated once more. To what arrived there goes the same slope again, and to the result of the sigmoid how that slope changes with it: not at all where that is one half.</source>
        <translation>O backward de uma sigmoide, derivado mais uma vez. O que chegou lá recebe a mesma inclinação de novo, e o resultado da sigmoide recebe como essa inclinação muda com ele: nada onde ele é um meio.</translation>
    </message>
    <message id="meaning.SmoothL1LossBackwardBackward0">
        <source>The backward of a smooth absolute error, differentiated once more. It is curved only where the error is small.</source>
        <translation>O backward de um erro absoluto suave, derivado mais uma vez. Ele só é curvo onde o erro é pequeno.</translation>
    </message>
    <message id="meaning.SoftmaxBackwardDataBackward0">
        <source>The backward of a softmax, differentiated once more. What arrived there is put through the same again, and the probabilities get how that depends on them.</source>
        <translation>O backward de uma softmax, derivado mais uma vez. O que chegou lá passa de novo pela mesma conta, e as probabilidades recebem como ela depende delas.</translation>
    </message>
    <message id="meaning.SoftplusBackwardBackward0">
        <source>The backward of a softplus, differentiated once more. To what arrived there goes the same slope again, and to its operand how that slope changes with it.</source>
        <translation>O backward de um softplus, derivado mais uma vez. Ao que chegou lá vai de novo a mesma inclinação, e ao operando como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.MseLossBackwardBackward0">
        <source>The backward of a squared error, differentiated once more. Its curvature is 2 everywhere, for the target with the sign turned.</source>
        <translation>O backward de um erro quadrático, derivado mais uma vez. Sua curvatura é 2 em toda parte, para o alvo com o sinal trocado.</translation>
    </message>
    <message id="meaning.EmbeddingDenseBackwardBackward0">
        <source>The backward of a table that is looked up is a sum by rows, so that its own backward looks the rows up again.</source>
        <translation>O backward de uma tabela consultada é uma soma por linhas, de modo que o backward dele consulta as linhas de novo.</translation>
    </message>
    <message id="meaning.TanhBackwardBackward0">
        <source>The backward of a tanh, differentiated once more. To what arrived there goes the same slope again, and to the result of the tanh how that slope changes with it.</source>
        <translation>O backward de uma tanh, derivado mais uma vez. O que chegou lá recebe a mesma inclinação de novo, e o resultado da tanh recebe como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.EluBackwardBackward0">
        <source>The backward of an ELU, differentiated once more. To what arrived there goes the same slope again, and to its operand how that slope changes with it.</source>
        <translation>O backward de uma ELU, derivado mais uma vez. Ao que chegou lá vai de novo a mesma inclinação, e ao operando como essa inclinação muda com ele.</translation>
    </message>
    <message id="meaning.AvgPool2DBackwardBackward0">
        <source>The backward of an average over windows is linear, so that its own backward is the average again. What was pooled does not count in it.</source>
        <translation>O backward de uma média sobre janelas é linear, de modo que o backward dele é de novo a média. O que entrou na média não conta nele.</translation>
    </message>
    <message id="meaning.AdaptiveAvgPool2DBackwardBackward0">
        <source>The backward of an average over windows, which is linear, so that its own backward is the average again. What came in does not count in it.</source>
        <translation>O backward de uma média sobre janelas, que é linear, de modo que o seu próprio backward é de novo a média. O que entrou não conta nele.</translation>
    </message>
    <message id="meaning.UpsampleNearest2DBackwardBackward0">
        <source>The backward of repeated pixels is a sum, so that its own backward repeats them again.</source>
        <translation>O backward de pixels repetidos é uma soma, de modo que o backward dele os repete de novo.</translation>
    </message>
    <message id="meaning.UnfoldBackwardBackward0">
        <source>The backward of windows is a sum of what overlaps, so that its own backward takes the windows again.</source>
        <translation>O backward de janelas é uma soma do que se sobrepõe, de modo que o seu próprio backward toma as janelas de novo.</translation>
    </message>
    <message id="meaning.PowBackward1">
        <source>The base gets the exponent as a factor and one power less. The exponent gets the output times the logarithm of the base.</source>
        <translation>A base recebe o expoente como fator e uma potência a menos. O expoente recebe a saída vezes o logaritmo da base.</translation>
    </message>
    <message id="meaning.SpecialLogNdtrBackward0">
        <source>The bell curve over the area below it. Far to the left that is nearly the operand itself, with its sign turned.</source>
        <translation>A curva de sino dividida pela área abaixo dela. Bem à esquerda isso é quase o próprio operando, com o sinal trocado.</translation>
    </message>
    <message id="meaning.MaskedSelectBackward0">
        <source>The elements under the mask were taken. They get their gradients, and all others zero.</source>
        <translation>Os elementos sob a máscara foram tomados. Eles recebem os seus gradientes, e todos os outros, zero.</translation>
    </message>
    <message id="meaning.PowBackward0">
        <source>The exponent comes down as a factor, and the power is one less. Of a square that is twice the operand.</source>
        <translation>O expoente desce como fator, e a potência diminui em um. De um quadrado, isso é duas vezes o operando.</translation>
    </message>
    <message id="meaning.PowBackward2">
        <source>The exponent gets the output times the logarithm of the base.</source>
        <translation>O expoente recebe a saída vezes o logaritmo da base.</translation>
    </message>
    <message id="meaning.ExpBackward0">
        <source>The exponential is its own slope. Where the output is large, so is what flows back.</source>
        <translation>A exponencial é a sua própria inclinação. Onde a saída é grande, o que volta também é.</translation>
    </message>
    <message id="meaning.LinalgMatrixExpBackward0">
        <source>The exponential of a matrix mixes all of its powers. The gradient goes through each of them, from both sides.</source>
        <translation>A exponencial de uma matriz mistura todas as suas potências. O gradiente passa por cada uma delas, dos dois lados.</translation>
    </message>
    <message id="meaning.XlogyBackward0">
        <source>The factor gets the gradient times the logarithm. The operand of the logarithm gets it times the quotient.</source>
        <translation>O fator recebe o gradiente vezes o logaritmo. O operando do logaritmo o recebe vezes o quociente.</translation>
    </message>
    <message id="meaning.SpecialXlog1PyBackward0">
        <source>The factor gets the logarithm. What is in the logarithm gets the factor over one plus itself.</source>
        <translation>O fator recebe o logaritmo. O que está no logaritmo recebe o fator dividido por um mais ele mesmo.</translation>
    </message>
    <message id="meaning.CeilBackward0">
        <source>The function is flat between its jumps. No gradient passes.</source>
        <translation>A função é plana entre os seus saltos. Nenhum gradiente passa.</translation>
    </message>
    <message id="meaning.FloorBackward0">
        <source>The function is flat between its jumps. No gradient passes.</source>
        <translation>A função é plana entre os seus saltos. Nenhum gradiente passa.</translation>
    </message>
    <message id="meaning.RoundBackward0">
        <source>The function is flat between its jumps. No gradient passes.</source>
        <translation>A função é plana entre os seus saltos. Nenhum gradiente passa.</translation>
    </message>
    <message id="meaning.SignBackward0">
        <source>The function is flat between its jumps. No gradient passes.</source>
        <translation>A função é plana entre os seus saltos. Nenhum gradiente passa.</translation>
    </message>
    <message id="meaning.TruncBackward0">
        <source>The function is flat between its jumps. No gradient passes.</source>
        <translation>A função é plana entre os seus saltos. Nenhum gradiente passa.</translation>
    </message>
    <message id="meaning.CummaxBackward0">
        <source>The gradient goes to the elements that were chosen. All others get none.</source>
        <translation>O gradiente vai para os elementos que foram escolhidos. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.MaxBackward0">
        <source>The gradient goes to the elements that were chosen. All others get none.</source>
        <translation>O gradiente vai para os elementos que foram escolhidos. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.TopkBackward0">
        <source>The gradient goes to the elements that were chosen. All others get none.</source>
        <translation>O gradiente vai para os elementos que foram escolhidos. Todos os outros não recebem nada.</translation>
    </message>
    <message id="meaning.MaximumBackward0">
        <source>The gradient goes to the operand that was taken, half to each where they were equal. The other gets none.</source>
        <translation>O gradiente vai para o operando que foi escolhido, metade para cada um onde eram iguais. O outro não recebe nada.</translation>
    </message>
    <message id="meaning.MinimumBackward0">
        <source>The gradient goes to the operand that was taken, half to each where they were equal. The other gets none.</source>
        <translation>O gradiente vai para o operando que foi escolhido, metade para cada um onde eram iguais. O outro não recebe nada.</translation>
    </message>
    <message id="meaning.LerpBackward0">
        <source>The gradient is parted between start and end as the values were.</source>
        <translation>O gradiente é repartido entre início e fim como os valores foram.</translation>
    </message>
    <message id="meaning.LerpBackward1">
        <source>The gradient is parted between start and end as the values were. The weight gets it times their distance.</source>
        <translation>O gradiente é repartido entre início e fim como os valores foram. O peso o recebe vezes a distância deles.</translation>
    </message>
    <message id="meaning.BinaryCrossEntropyWithLogitsBackward0">
        <source>The gradient is the predicted probability minus the target. It is never larger than one, however wrong it is.</source>
        <translation>O gradiente é a probabilidade prevista menos o alvo. Nunca é maior que um, por mais errada que esteja.</translation>
    </message>
    <message id="meaning.ConstantPadNdBackward0">
        <source>The gradient of the inner part goes to the operand. What was put around it is constant.</source>
        <translation>O gradiente da parte interna vai para o operando. O que foi posto em volta é constante.</translation>
    </message>
    <message id="meaning.ClampMinBackward0">
        <source>The gradient passes above the bound. Where the output is held at it, nothing passes.</source>
        <translation>O gradiente passa acima do limite. Onde a saída é mantida nele, nada passa.</translation>
    </message>
    <message id="meaning.ClampMinBackward1">
        <source>The gradient passes above the bound. Where the output is held at it, the bound gets it.</source>
        <translation>O gradiente passa acima do limite. Onde a saída é mantida nele, é o limite que o recebe.</translation>
    </message>
    <message id="meaning.ClampMaxBackward0">
        <source>The gradient passes below the bound. Where the output is held at it, nothing passes.</source>
        <translation>O gradiente passa abaixo do limite. Onde a saída é mantida nele, nada passa.</translation>
    </message>
    <message id="meaning.ClampMaxBackward1">
        <source>The gradient passes below the bound. Where the output is held at it, the bound gets it.</source>
        <translation>O gradiente passa abaixo do limite. Onde a saída é mantida nele, é o limite que o recebe.</translation>
    </message>
    <message id="meaning.ClampBackward0">
        <source>The gradient passes between the bounds. Where the output is held at one, the bound gets it instead.</source>
        <translation>O gradiente passa entre os limites. Onde a saída é mantida num deles, é o limite que o recebe.</translation>
    </message>
    <message id="meaning.ClampBackward1">
        <source>The gradient passes between the two bounds. Where the output is held at a bound, nothing passes.</source>
        <translation>O gradiente passa entre os dois limites. Onde a saída é mantida num limite, nada passa.</translation>
    </message>
    <message id="meaning.HardtanhBackward0">
        <source>The gradient passes between the two bounds. Where the output is held at a bound, nothing passes.</source>
        <translation>O gradiente passa entre os dois limites. Onde a saída é mantida num limite, nada passa.</translation>
    </message>
    <message id="meaning.ThresholdBackward0">
        <source>The gradient passes unchanged above the threshold. Below it nothing passes.</source>
        <translation>O gradiente passa inalterado acima do limiar. Abaixo dele nada passa.</translation>
    </message>
    <message id="meaning.SoftshrinkBackward0">
        <source>The gradient passes unchanged where something is left of the operand. What was shrunk to zero gets none.</source>
        <translation>O gradiente passa inalterado onde resta algo do operando. O que encolheu a zero não recebe nada.</translation>
    </message>
    <message id="meaning.LeakyReluBackward0">
        <source>The gradient passes unchanged where the operand is positive, and times a small slope elsewhere.</source>
        <translation>O gradiente passa inalterado onde o operando é positivo, e vezes uma pequena inclinação no resto.</translation>
    </message>
    <message id="meaning.PreluKernelBackward0">
        <source>The gradient passes unchanged where the operand is positive, and times the learned slope elsewhere. The slope itself learns from the negative operands.</source>
        <translation>O gradiente passa inalterado onde o operando é positivo, e vezes a inclinação aprendida no resto. A própria inclinação aprende com os operandos negativos.</translation>
    </message>
    <message id="meaning.CeluBackward0">
        <source>The gradient passes unchanged where the operand is positive. Below, the slope fades as the exponential does.</source>
        <translation>O gradiente passa inalterado onde o operando é positivo. Abaixo, a inclinação se apaga como a exponencial.</translation>
    </message>
    <message id="meaning.HardshrinkBackward0">
        <source>The gradient passes unchanged where the operand was kept. What was set to zero gets none.</source>
        <translation>O gradiente passa inalterado onde o operando foi mantido. O que foi posto em zero não recebe nada.</translation>
    </message>
    <message id="meaning.ReluBackward0">
        <source>The gradient passes unchanged where the output is positive. Where it is zero nothing passes: the unit is off.</source>
        <translation>O gradiente passa inalterado onde a saída é positiva. Onde ela é zero nada passa: a unidade está desligada.</translation>
    </message>
    <message id="meaning.AddBackward1">
        <source>The gradient passes unchanged. The number that was added has no part in it.</source>
        <translation>O gradiente passa inalterado. O número que foi somado não tem parte nele.</translation>
    </message>
    <message id="meaning.NanToNumBackward0">
        <source>The gradient passes where the operand was a number. Where it was replaced, nothing passes.</source>
        <translation>O gradiente passa onde o operando era um número. Onde ele foi substituído, nada passa.</translation>
    </message>
    <message id="meaning.MaskedFillBackward1">
        <source>The gradient passes where the operand was kept. The value that filled the rest gets the sum of theirs.</source>
        <translation>O gradiente passa onde o operando foi mantido. O valor que preencheu o resto recebe a soma dos gradientes dali.</translation>
    </message>
    <message id="meaning.MaskedFillBackward0">
        <source>The gradient passes where the operand was kept. What was filled gets none, as what a mask hides from attention.</source>
        <translation>O gradiente passa onde o operando foi mantido. O que foi preenchido não recebe nada, como o que uma máscara esconde da atenção.</translation>
    </message>
    <message id="meaning.TrilBackward0">
        <source>The gradient passes where the operand was kept. What was set to zero gets none.</source>
        <translation>O gradiente passa onde o operando foi mantido. O que foi posto em zero não recebe nada.</translation>
    </message>
    <message id="meaning.TriuBackward0">
        <source>The gradient passes where the operand was kept. What was set to zero gets none.</source>
        <translation>O gradiente passa onde o operando foi mantido. O que foi posto em zero não recebe nada.</translation>
    </message>
    <message id="meaning.NegBackward0">
        <source>The gradient passes with its sign turned.</source>
        <translation>O gradiente passa com o sinal invertido.</translation>
    </message>
    <message id="meaning.RsubBackward1">
        <source>The gradient passes with its sign turned.</source>
        <translation>O gradiente passa com o sinal invertido.</translation>
    </message>
    <message id="meaning.AbsBackward0">
        <source>The gradient passes, with its sign turned where the operand is negative. At zero it is zero.</source>
        <translation>O gradiente passa, com o sinal invertido onde o operando é negativo. Em zero ele é zero.</translation>
    </message>
    <message id="meaning.LinalgVectorNormBackward0">
        <source>The gradient points along the vector itself. Of the usual norm each element gets its share of the length.</source>
        <translation>O gradiente aponta ao longo do próprio vetor. Da norma usual, cada elemento recebe a sua fração do comprimento.</translation>
    </message>
    <message id="meaning.NormBackward0">
        <source>The gradient points along the vector itself. Of the usual norm each element gets its share of the length.</source>
        <translation>O gradiente aponta ao longo do próprio vetor. Da norma usual, cada elemento recebe a sua fração do comprimento.</translation>
    </message>
    <message id="meaning.NormBackward1">
        <source>The gradient points along the vector itself. Of the usual norm each element gets its share of the length.</source>
        <translation>O gradiente aponta ao longo do próprio vetor. Da norma usual, cada elemento recebe a sua fração do comprimento.</translation>
    </message>
    <message id="meaning.ConjBackward0">
        <source>The imaginary part changes its sign. So does that of the gradient.</source>
        <translation>A parte imaginária troca de sinal. A do gradiente também.</translation>
    </message>
    <message id="meaning.SpecialNdtriBackward0">
        <source>The inverse of the normal distribution. Its slope is one over the bell curve, infinite at zero and at one.</source>
        <translation>A inversa da distribuição normal. A inclinação é um dividido pela curva de sino, infinita em zero e em um.</translation>
    </message>
    <message id="meaning.LogitBackward0">
        <source>The inverse of the sigmoid. Its gradient grows without bound near zero and one, and is none where the operand was clamped.</source>
        <translation>A inversa da sigmoide. O gradiente cresce sem limite perto de zero e de um, e é nulo onde o operando foi limitado.</translation>
    </message>
    <message id="meaning.Logaddexp2Backward0">
        <source>The larger operand gets most of the gradient. The shares are those of a softmax to the base of two.</source>
        <translation>O maior operando recebe a maior parte do gradiente. As partes são as de uma softmax na base dois.</translation>
    </message>
    <message id="meaning.PolarBackward0">
        <source>The length gets the part of the gradient that points along the number. The angle gets the part across it, times the length.</source>
        <translation>O comprimento recebe a parte do gradiente que aponta ao longo do número. O ângulo recebe a parte transversal, vezes o comprimento.</translation>
    </message>
    <message id="meaning.FusedRmsNormBackward0">
        <source>The length is made of the operand itself, so from its gradient the part along the operand is taken away. What only scales a whole row changes nothing, and gets no gradient.</source>
        <translation>O comprimento é feito do próprio operando, então do gradiente dele se tira a parte ao longo do operando. O que só muda a escala de uma linha inteira não muda nada, e não recebe gradiente.</translation>
    </message>
    <message id="meaning.LinalgSlogdetBackward0">
        <source>The logarithm of a determinant grows as fast as the inverse of the matrix is large. A nearly singular matrix gets a gradient without bounds.</source>
        <translation>O logaritmo de um determinante cresce tão depressa quanto a inversa da matriz é grande. Uma matriz quase singular recebe um gradiente sem limites.</translation>
    </message>
    <message id="meaning.LinalgCholeskyExBackward0">
        <source>The matrix gets the gradient led back through both of its triangular factors. Only its symmetric part counts, so both halves get the same.</source>
        <translation>A matriz recebe o gradiente levado de volta pelos seus dois fatores triangulares. Só a parte simétrica conta, de modo que as duas metades recebem o mesmo.</translation>
    </message>
    <message id="meaning.FrexpBackward0">
        <source>The number is taken apart into a mantissa and a power of two. That power is a constant of the gradient.</source>
        <translation>O número é decomposto em uma mantissa e uma potência de dois. Essa potência é uma constante do gradiente.</translation>
    </message>
    <message id="meaning.VdotBackward0">
        <source>The number that arrives is spread over both vectors. Each gets it times the other one.</source>
        <translation>O número que chega é espalhado sobre os dois vetores. Cada um o recebe vezes o outro.</translation>
    </message>
    <message id="meaning.DivBackward0">
        <source>The numerator gets the gradient over the denominator. The denominator gets it with its sign turned, and much of it where it is small.</source>
        <translation>O numerador recebe o gradiente sobre o denominador. O denominador o recebe com o sinal invertido, e muito dele onde é pequeno.</translation>
    </message>
    <message id="meaning.SoftMarginLossBackward0">
        <source>The operand is pulled to the side of its target. Once it is far on that side, hardly anything is left.</source>
        <translation>O operando é puxado para o lado do seu alvo. Quando já está bem desse lado, quase nada resta.</translation>
    </message>
    <message id="meaning.DiagEmbedBackward0">
        <source>The operand stands on the diagonal. Its gradient is that of the diagonal; what lies beside it are constants.</source>
        <translation>O operando está na diagonal. O seu gradiente é o da diagonal; o que está ao lado são constantes.</translation>
    </message>
    <message id="meaning.SiluBackward0">
        <source>The operand times its own sigmoid. Large operands pass the gradient, very negative ones pass none.</source>
        <translation>O operando vezes a sua própria sigmoide. Operandos grandes deixam passar o gradiente, os muito negativos não.</translation>
    </message>
    <message id="meaning.SplitBackward0">
        <source>The operand was taken apart. Each part's gradient goes back to its place, and zero to a part that nobody used.</source>
        <translation>O operando foi dividido. O gradiente de cada parte volta ao seu lugar, e zero para uma parte que ninguém usou.</translation>
    </message>
    <message id="meaning.SplitWithSizesBackward0">
        <source>The operand was taken apart. Each part's gradient goes back to its place, and zero to a part that nobody used.</source>
        <translation>O operando foi dividido. O gradiente de cada parte volta ao seu lugar, e zero para uma parte que ninguém usou.</translation>
    </message>
    <message id="meaning.UnbindBackward0">
        <source>The operand was taken apart. Each part's gradient goes back to its place, and zero to a part that nobody used.</source>
        <translation>O operando foi dividido. O gradiente de cada parte volta ao seu lugar, e zero para uma parte que ninguém usou.</translation>
    </message>
    <message id="meaning.ToCopyBackward0">
        <source>The output has the operand's numbers in another dtype or on another device. The gradient goes back in the operand's own.</source>
        <translation>A saída tem os números do operando em outro dtype ou em outro dispositivo. O gradiente volta no do próprio operando.</translation>
    </message>
    <message id="meaning.CloneBackward0">
        <source>The output is a copy, or another name, of the operand. The gradient passes unchanged.</source>
        <translation>A saída é uma cópia do operando, ou outro nome dele. O gradiente passa inalterado.</translation>
    </message>
    <message id="meaning.MseLossBackward0">
        <source>The prediction is pulled towards the target, twice as hard at twice the distance. A mean parts the gradient among all elements.</source>
        <translation>A previsão é puxada para o alvo, com o dobro da força no dobro da distância. Uma média reparte o gradiente entre todos os elementos.</translation>
    </message>
    <message id="meaning.BinaryCrossEntropyBackward0">
        <source>The probability is pulled towards the target. A prediction that is surely wrong gets a very large gradient.</source>
        <translation>A probabilidade é puxada para o alvo. Uma previsão com certeza e errada recebe um gradiente muito grande.</translation>
    </message>
    <message id="meaning.AddbmmBackward0">
        <source>The products of a batch are summed, so each of them gets the same gradient, as a product of its own does.</source>
        <translation>Os produtos de um lote são somados, então cada um deles recebe o mesmo gradiente, como um produto sozinho.</translation>
    </message>
    <message id="meaning.FmodBackward1">
        <source>The remainder moves as the first operand does. The divisor counts as often as it was taken away.</source>
        <translation>O resto se move como o primeiro operando. O divisor conta tantas vezes quantas foi subtraído.</translation>
    </message>
    <message id="meaning.RemainderBackward1">
        <source>The remainder moves as the first operand does. The divisor counts as often as it was taken away.</source>
        <translation>O resto se move como o primeiro operando. O divisor conta tantas vezes quantas foi subtraído.</translation>
    </message>
    <message id="meaning.FmodBackward0">
        <source>The remainder moves as the operand does. The gradient passes unchanged.</source>
        <translation>O resto se move como o operando. O gradiente passa inalterado.</translation>
    </message>
    <message id="meaning.LinalgLstsqBackward0">
        <source>The right-hand side gets the gradient through the same least squares, transposed. The matrix also gets how far off the solution is, for another matrix would leave other rests.</source>
        <translation>O lado direito recebe o gradiente pelos mesmos mínimos quadrados, transpostos. A matriz recebe também quanto falta à solução, pois outra matriz deixaria outros restos.</translation>
    </message>
    <message id="meaning.LinalgLuSolveBackward0">
        <source>The right-hand side gets what solves the same system, transposed. The factors get minus that, times the solution, each by way of the other.</source>
        <translation>O lado direito recebe o que resolve o mesmo sistema, transposto. Os fatores recebem menos isso, vezes a solução, cada um por meio do outro.</translation>
    </message>
    <message id="meaning.LinalgSolveExBackward0">
        <source>The right-hand side gets what solves the same system, transposed. The matrix gets minus that, times the solution transposed: where it pulls the solution along, it has to give.</source>
        <translation>O lado direito recebe o que resolve o mesmo sistema, transposto. A matriz recebe o negativo disso, vezes a solução transposta: onde ela puxa a solução, ela tem de ceder.</translation>
    </message>
    <message id="meaning.CholeskySolveBackward0">
        <source>The right-hand side gets what solves the same system. The factor gets minus that, times the solution, and both ways round, as it stands on both sides.</source>
        <translation>O lado direito recebe o que resolve o mesmo sistema. O fator recebe menos isso, vezes a solução, nas duas ordens, pois está dos dois lados.</translation>
    </message>
    <message id="meaning.LinalgSolveTriangularBackward0">
        <source>The right-hand side gets what solves the same triangle, transposed. The triangle gets minus that, times the solution transposed, and nothing where it is 0 by its form.</source>
        <translation>O lado direito recebe o que resolve o mesmo triângulo, transposto. O triângulo recebe menos isso, vezes a solução transposta, e nada onde é 0 por sua forma.</translation>
    </message>
    <message id="meaning.ChannelShuffleBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.FlipBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.PermuteBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.PixelShuffleBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.PixelUnshuffleBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.RollBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.Rot90Backward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.TBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.TransposeBackward0">
        <source>The same numbers at other places. The gradient goes back to where each came from.</source>
        <translation>Os mesmos números em outros lugares. O gradiente volta para onde cada um estava.</translation>
    </message>
    <message id="meaning.SqueezeBackward0">
        <source>The same numbers in another shape. The gradient goes back into the operand's.</source>
        <translation>Os mesmos números em outra forma. O gradiente volta na do operando.</translation>
    </message>
    <message id="meaning.UnsqueezeBackward0">
        <source>The same numbers in another shape. The gradient goes back into the operand's.</source>
        <translation>Os mesmos números em outra forma. O gradiente volta na do operando.</translation>
    </message>
    <message id="meaning.ViewBackward0">
        <source>The same numbers in another shape. The gradient goes back into the operand's.</source>
        <translation>Os mesmos números em outra forma. O gradiente volta na do operando.</translation>
    </message>
    <message id="meaning.SpecialErfcxBackward0">
        <source>The scale grows, and the tail falls. The slope is the difference of both.</source>
        <translation>A escala cresce, e a cauda cai. A inclinação é a diferença das duas.</translation>
    </message>
    <message id="meaning.IgammacBackward0">
        <source>The share of a gamma distribution that lies above its operand. It changes with its end as the density is high there; by its shape it has no derivative in PyTorch.</source>
        <translation>A parte de uma distribuição gama que fica acima do seu operando. Ela muda com o seu limite na medida da densidade ali; pela forma ela não tem derivada no PyTorch.</translation>
    </message>
    <message id="meaning.IgammaBackward0">
        <source>The share of a gamma distribution that lies below its operand. It changes with its end as the density is high there; by its shape it has no derivative in PyTorch.</source>
        <translation>A parte de uma distribuição gama que fica abaixo do seu operando. Ela muda com o seu limite na medida da densidade ali; pela forma ela não tem derivada no PyTorch.</translation>
    </message>
    <message id="meaning.SpecialEntrBackward0">
        <source>The share of one outcome in an entropy. Near zero its slope grows without bound.</source>
        <translation>A parte de um resultado em uma entropia. Perto de zero a inclinação cresce sem limite.</translation>
    </message>
    <message id="meaning.SoftmaxBackward0">
        <source>The shares sum to one, so what raises one lowers the others: from each gradient the mean, weighted by the shares, is taken away. A share near zero passes hardly anything.</source>
        <translation>As frações somam um, então o que aumenta uma diminui as outras: de cada gradiente se tira a média, ponderada pelas frações. Uma fração perto de zero quase nada deixa passar.</translation>
    </message>
    <message id="meaning.CopysignBackward0">
        <source>The size comes from one operand and the sign from the other. A sign has no slope, so that one gets 0.</source>
        <translation>O tamanho vem de um operando e o sinal do outro. Um sinal não tem inclinação, por isso esse recebe 0.</translation>
    </message>
    <message id="meaning.AcoshBackward0">
        <source>The slope is infinite at one, and falls as one over the operand far away.</source>
        <translation>A inclinação é infinita em um, e longe dali cai como um sobre o operando.</translation>
    </message>
    <message id="meaning.AsinBackward0">
        <source>The slope is infinite where the operand is one or minus one.</source>
        <translation>A inclinação é infinita onde o operando é um ou menos um.</translation>
    </message>
    <message id="meaning.SigmoidBackward0">
        <source>The slope is largest, a quarter, where the output is one half. Near zero and one the unit is saturated, and hardly anything passes.</source>
        <translation>A inclinação é maior, um quarto, onde a saída é meio. Perto de zero e de um a unidade está saturada, e quase nada passa.</translation>
    </message>
    <message id="meaning.ErfcBackward0">
        <source>The slope is minus the bell curve. Far from zero nothing passes.</source>
        <translation>A inclinação é menos a curva de sino. Longe de zero nada passa.</translation>
    </message>
    <message id="meaning.AsinhBackward0">
        <source>The slope is one at zero, and falls as one over the operand far away.</source>
        <translation>A inclinação é um em zero, e longe dali cai como um sobre o operando.</translation>
    </message>
    <message id="meaning.AtanBackward0">
        <source>The slope is one at zero, and falls with the square of the operand.</source>
        <translation>A inclinação é um em zero, e cai com o quadrado do operando.</translation>
    </message>
    <message id="meaning.AtanhBackward0">
        <source>The slope is one at zero, and infinite at one and minus one.</source>
        <translation>A inclinação é um em zero, e infinita em um e menos um.</translation>
    </message>
    <message id="meaning.TanhBackward0">
        <source>The slope is one at zero. Near one and minus one the unit is saturated, and hardly anything passes.</source>
        <translation>A inclinação é um em zero. Perto de um e de menos um a unidade está saturada, e quase nada passa.</translation>
    </message>
    <message id="meaning.LogSigmoidBackward0">
        <source>The slope is one for very negative operands. For large ones, which are right already, hardly anything passes.</source>
        <translation>A inclinação é um para operandos muito negativos. Para os grandes, que já estão certos, quase nada passa.</translation>
    </message>
    <message id="meaning.Log1PBackward0">
        <source>The slope is one over one plus the operand. It is infinite at minus one.</source>
        <translation>A inclinação é um sobre um mais o operando. Em menos um ela é infinita.</translation>
    </message>
    <message id="meaning.LogBackward0">
        <source>The slope is one over the operand. Near zero the gradient grows without bound, and at zero it is infinite.</source>
        <translation>A inclinação é um sobre o operando. Perto de zero o gradiente cresce sem limite, e em zero é infinito.</translation>
    </message>
    <message id="meaning.TanBackward0">
        <source>The slope is one plus the square of the output. It is never less than one.</source>
        <translation>A inclinação é um mais o quadrado da saída. Nunca é menor que um.</translation>
    </message>
    <message id="meaning.ErfBackward0">
        <source>The slope is the bell curve. Far from zero nothing passes.</source>
        <translation>A inclinação é a curva de sino. Longe de zero nada passa.</translation>
    </message>
    <message id="meaning.Expm1Backward0">
        <source>The slope is the exponential itself, which is the output plus one.</source>
        <translation>A inclinação é a própria exponencial, que é a saída mais um.</translation>
    </message>
    <message id="meaning.CosBackward0">
        <source>The slope of the cosine is minus the sine.</source>
        <translation>A inclinação do cosseno é menos o seno.</translation>
    </message>
    <message id="meaning.DigammaBackward0">
        <source>The slope of the digamma function is the trigamma function.</source>
        <translation>A inclinação da função digama é a função trigama.</translation>
    </message>
    <message id="meaning.CoshBackward0">
        <source>The slope of the hyperbolic cosine is the hyperbolic sine.</source>
        <translation>A inclinação do cosseno hiperbólico é o seno hiperbólico.</translation>
    </message>
    <message id="meaning.SinhBackward0">
        <source>The slope of the hyperbolic sine is the hyperbolic cosine, at least one.</source>
        <translation>A inclinação do seno hiperbólico é o cosseno hiperbólico, no mínimo um.</translation>
    </message>
    <message id="meaning.LgammaBackward0">
        <source>The slope of the logarithm of the gamma function is the digamma function.</source>
        <translation>A inclinação do logaritmo da função gama é a função digama.</translation>
    </message>
    <message id="meaning.SinBackward0">
        <source>The slope of the sine is the cosine. At its crests nothing passes.</source>
        <translation>A inclinação do seno é o cosseno. Nas cristas nada passa.</translation>
    </message>
    <message id="meaning.SincBackward0">
        <source>The slope of the wave that fades: zero at zero, and smaller with the distance.</source>
        <translation>A inclinação da onda que se apaga: zero em zero, e menor com a distância.</translation>
    </message>
    <message id="meaning.SqrtBackward0">
        <source>The smaller the root, the steeper it is. At zero the gradient is infinite.</source>
        <translation>Quanto menor a raiz, mais íngreme ela é. Em zero o gradiente é infinito.</translation>
    </message>
    <message id="meaning.StdMeanBackward0">
        <source>The spread counts an element as far as it lies from the mean. The mean counts each one N-th.</source>
        <translation>O desvio conta um elemento conforme ele se afasta da média. A média conta cada um como um N-avo.</translation>
    </message>
    <message id="meaning.PackPaddedSequenceBackward0">
        <source>The steps of all sequences are laid out one after the other, without what pads the shorter ones. Each gets its own gradient, and padding gets 0.</source>
        <translation>Os passos de todas as sequências são dispostos um depois do outro, sem o padding das mais curtas. Cada um recebe o seu gradiente, e o padding recebe 0.</translation>
    </message>
    <message id="meaning.AddcmulBackward0">
        <source>The sum hands the gradient on unchanged. Each factor gets it times the other one.</source>
        <translation>A soma passa o gradiente adiante inalterado. Cada fator o recebe vezes o outro.</translation>
    </message>
    <message id="meaning.AddcdivBackward0">
        <source>The sum hands the gradient on unchanged. Numerator and denominator get it as those of a quotient do.</source>
        <translation>A soma passa o gradiente adiante inalterado. Numerador e denominador o recebem como os de um quociente.</translation>
    </message>
    <message id="meaning.ViewAsRealBackward0">
        <source>The two parts of a complex number become two real ones. Their gradients are the parts of its gradient.</source>
        <translation>As duas partes de um número complexo viram dois reais. Os gradientes deles são as partes do gradiente dele.</translation>
    </message>
    <message id="meaning.VarMeanBackward0">
        <source>The variance counts an element as far as it lies from the mean. The mean counts each one N-th.</source>
        <translation>A variância conta um elemento conforme a sua distância da média. A média conta cada um como um N-avo.</translation>
    </message>
    <message id="meaning.ViewAsComplexBackward0">
        <source>Two real numbers become the parts of a complex one. Each gets its part of the gradient.</source>
        <translation>Dois números reais viram as partes de um complexo. Cada um recebe a sua parte do gradiente.</translation>
    </message>
    <message id="meaning.ComplexBackward0">
        <source>Two real tensors become the parts of a complex one. Each gets its part of the gradient.</source>
        <translation>Dois tensores reais viram as partes de um complexo. Cada um recebe a sua parte do gradiente.</translation>
    </message>
    <message id="meaning.FracBackward0">
        <source>What lies behind the point moves as the operand does. The gradient passes unchanged.</source>
        <translation>O que vem depois da vírgula se move como o operando. O gradiente passa inalterado.</translation>
    </message>
    <message id="meaning.ReflectionPad1DBackward0">
        <source>What lies near the edge stands twice in the output. It gets the sum of the gradients of all its places.</source>
        <translation>O que está perto da borda aparece duas vezes na saída. Recebe a soma dos gradientes de todos os seus lugares.</translation>
    </message>
    <message id="meaning.ReplicationPad1DBackward0">
        <source>What lies on the edge stands several times in the output. It gets the sum of the gradients of all its places.</source>
        <translation>O que está na borda aparece várias vezes na saída. Recebe a soma dos gradientes de todos os seus lugares.</translation>
    </message>
    <message id="meaning.IndexReduceBackward0">
        <source>What meets at a place is averaged, multiplied or compared. A mean parts the gradient evenly, a product gives each the others, and of extremes the one that was taken gets it.</source>
        <translation>O que se encontra em um lugar é posto em média, multiplicado ou comparado. Uma média reparte o gradiente por igual, um produto dá a cada um os outros, e dos extremos recebe-o o que foi tomado.</translation>
    </message>
    <message id="meaning.ScatterReduceBackward0">
        <source>What meets at a place is summed, averaged or compared. A sum passes the gradient to each, a mean parts it evenly, and of extremes the one that was taken gets it.</source>
        <translation>O que se encontra em um lugar é somado, tem a média tirada ou é comparado. Uma soma passa o gradiente a cada um, uma média o reparte por igual, e dos extremos o que foi escolhido o recebe.</translation>
    </message>
    <message id="meaning.IndexAddBackward0">
        <source>What was added is one part of a sum. Both get the gradient unchanged, each at its own places.</source>
        <translation>O que foi somado é uma parcela de uma soma. Os dois recebem o gradiente inalterado, cada um nos seus lugares.</translation>
    </message>
    <message id="meaning.ScatterAddBackward0">
        <source>What was added is one part of a sum. Both get the gradient unchanged, each at its own places.</source>
        <translation>O que foi somado é uma parcela de uma soma. Os dois recebem o gradiente inalterado, cada um nos seus lugares.</translation>
    </message>
    <message id="meaning.NativeDropoutBackward0">
        <source>What was dropped gets none. The rest gets the gradient times the factor that made up for the loss.</source>
        <translation>O que foi zerado não recebe nada. O resto recebe o gradiente vezes o fator que compensou a perda.</translation>
    </message>
    <message id="meaning.IndexCopyBackward0">
        <source>What was overwritten has no part in the output, and gets none. What was written gets the gradient there.</source>
        <translation>O que foi sobrescrito não tem parte na saída, e não recebe nada. O que foi escrito recebe o gradiente dali.</translation>
    </message>
    <message id="meaning.IndexPutBackward0">
        <source>What was overwritten has no part in the output, and gets none. What was written gets the gradient there.</source>
        <translation>O que foi sobrescrito não tem parte na saída, e não recebe nada. O que foi escrito recebe o gradiente dali.</translation>
    </message>
    <message id="meaning.ScatterBackward0">
        <source>What was overwritten has no part in the output, and gets none. What was written gets the gradient there.</source>
        <translation>O que foi sobrescrito não tem parte na saída, e não recebe nada. O que foi escrito recebe o gradiente dali.</translation>
    </message>
    <message id="meaning.ScatterBackward1">
        <source>What was overwritten has no part in the output, and gets none. What was written gets the gradient there.</source>
        <translation>O que foi sobrescrito não tem parte na saída, e não recebe nada. O que foi escrito recebe o gradiente dali.</translation>
    </message>
    <message id="meaning.SelectScatterBackward0">
        <source>What was overwritten has no part in the output, and gets none. What was written gets the gradient there.</source>
        <translation>O que foi sobrescrito não tem parte na saída, e não recebe nada. O que foi escrito recebe o gradiente dali.</translation>
    </message>
    <message id="meaning.ZeroBackward0">
        <source>What was there before is overwritten. No gradient passes to it.</source>
        <translation>O que havia antes é sobrescrito. Nenhum gradiente passa para lá.</translation>
    </message>
    <message id="meaning.DiagonalScatterBackward0">
        <source>What was written stands in the place of what was there. It gets the gradient of those places, and the operand that of all others.</source>
        <translation>O que foi escrito está no lugar do que havia ali. Ele recebe o gradiente desses lugares, e o operando o de todos os outros.</translation>
    </message>
    <message id="meaning.MaskedScatterBackward0">
        <source>What was written stands in the place of what was there. It gets the gradient of those places, and the operand that of all others.</source>
        <translation>O que foi escrito está no lugar do que havia ali. Ele recebe o gradiente desses lugares, e o operando o de todos os outros.</translation>
    </message>
    <message id="meaning.PutBackward0">
        <source>What was written stands in the place of what was there. It gets the gradient of those places, and the operand that of all others.</source>
        <translation>O que foi escrito está no lugar do que havia ali. Ele recebe o gradiente desses lugares, e o operando o de todos os outros.</translation>
    </message>
    <message id="meaning.SliceScatterBackward0">
        <source>What was written stands in the place of what was there. It gets the gradient of those places, and the operand that of all others.</source>
        <translation>O que foi escrito está no lugar do que havia ali. Ele recebe o gradiente desses lugares, e o operando o de todos os outros.</translation>
    </message>
    <message id="meaning.Col2ImBackward0">
        <source>Windows are laid out as columns, or put back. A pixel gets the sum of the gradients of its windows.</source>
        <translation>Janelas são dispostas como colunas, ou postas de volta. Um pixel recebe a soma dos gradientes das suas janelas.</translation>
    </message>
    <message id="meaning.Im2ColBackward0">
        <source>Windows are laid out as columns, or put back. A pixel gets the sum of the gradients of its windows.</source>
        <translation>Janelas são dispostas como colunas, ou postas de volta. Um pixel recebe a soma dos gradientes das suas janelas.</translation>
    </message>
    <message id="meaning.UnfoldBackward0">
        <source>Windows overlap, so one element may stand in several. It gets the sum of their gradients.</source>
        <translation>Janelas se sobrepõem, então um elemento pode estar em várias. Ele recebe a soma dos gradientes delas.</translation>
    </message>
    <message id="formula.a constant">
        <source>a constant</source>
        <translation>uma constante</translation>
    </message>
    <message id="formula.a constant elsewhere">
        <source>a constant elsewhere</source>
        <translation>uma constante no resto</translation>
    </message>
    <message id="formula.a matrix with">
        <source>a matrix with</source>
        <translation>uma matriz com</translation>
    </message>
    <message id="formula.a number">
        <source>a number</source>
        <translation>um número</translation>
    </message>
    <message id="formula.a number elsewhere">
        <source>a number elsewhere</source>
        <translation>um número no resto</translation>
    </message>
    <message id="formula.along">
        <source>along</source>
        <translation>ao longo de</translation>
    </message>
    <message id="formula.as its diagonal">
        <source>as its diagonal</source>
        <translation>como diagonal</translation>
    </message>
    <message id="formula.at">
        <source>at</source>
        <translation>em</translation>
    </message>
    <message id="formula.at its place">
        <source>at its place</source>
        <translation>no seu lugar</translation>
    </message>
    <message id="formula.at one place of a dim">
        <source>at one place of a dim</source>
        <translation>num lugar de uma dim</translation>
    </message>
    <message id="formula.at that place">
        <source>at that place</source>
        <translation>nesse lugar</translation>
    </message>
    <message id="formula.at the chosen place of each row">
        <source>at the chosen place of each row</source>
        <translation>no lugar escolhido de cada linha</translation>
    </message>
    <message id="formula.at the index">
        <source>at the index</source>
        <translation>no índice</translation>
    </message>
    <message id="formula.at the indices">
        <source>at the indices</source>
        <translation>nos índices</translation>
    </message>
    <message id="formula.at the largest">
        <source>at the largest</source>
        <translation>no maior</translation>
    </message>
    <message id="formula.at the largest of each window">
        <source>at the largest of each window</source>
        <translation>no maior de cada janela</translation>
    </message>
    <message id="formula.at the saved indices">
        <source>at the saved indices</source>
        <translation>nos índices guardados</translation>
    </message>
    <message id="formula.at the smallest and at the largest">
        <source>at the smallest and at the largest</source>
        <translation>no menor e no maior</translation>
    </message>
    <message id="formula.at the target">
        <source>at the target</source>
        <translation>no alvo</translation>
    </message>
    <message id="formula.beside the diagonal">
        <source>beside the diagonal</source>
        <translation>fora da diagonal</translation>
    </message>
    <message id="formula.beside the mask">
        <source>beside the mask</source>
        <translation>fora da máscara</translation>
    </message>
    <message id="formula.between">
        <source>between</source>
        <translation>entre eles</translation>
    </message>
    <message id="formula.by">
        <source>by</source>
        <translation>por</translation>
    </message>
    <message id="formula.changes with">
        <source>changes with</source>
        <translation>muda com</translation>
    </message>
    <message id="formula.copies">
        <source>copies</source>
        <translation>cópias</translation>
    </message>
    <message id="formula.copies of">
        <source>copies of</source>
        <translation>cópias de</translation>
    </message>
    <message id="formula.dim">
        <source>dim</source>
        <translation>dim</translation>
    </message>
    <message id="formula.dims">
        <source>dims</source>
        <translation>dims</translation>
    </message>
    <message id="formula.elsewhere">
        <source>elsewhere</source>
        <translation>no resto</translation>
    </message>
    <message id="formula.end">
        <source>end</source>
        <translation>fim</translation>
    </message>
    <message id="formula.false">
        <source>false</source>
        <translation>falso</translation>
    </message>
    <message id="formula.for">
        <source>for</source>
        <translation>para</translation>
    </message>
    <message id="formula.how">
        <source>how</source>
        <translation>como</translation>
    </message>
    <message id="formula.in a part of it">
        <source>in a part of it</source>
        <translation>em uma parte dele</translation>
    </message>
    <message id="formula.in a slice">
        <source>in a slice</source>
        <translation>em uma fatia</translation>
    </message>
    <message id="formula.in another dtype or place">
        <source>in another dtype or place</source>
        <translation>em outro dtype ou lugar</translation>
    </message>
    <message id="formula.in another shape">
        <source>in another shape</source>
        <translation>em outra forma</translation>
    </message>
    <message id="formula.in the order of the saved indices">
        <source>in the order of the saved indices</source>
        <translation>na ordem dos índices guardados</translation>
    </message>
    <message id="formula.in the padding">
        <source>in the padding</source>
        <translation>no padding</translation>
    </message>
    <message id="formula.in the part">
        <source>in the part</source>
        <translation>na parte</translation>
    </message>
    <message id="formula.in the shape of">
        <source>in the shape of</source>
        <translation>na forma de</translation>
    </message>
    <message id="formula.in the slice">
        <source>in the slice</source>
        <translation>na fatia</translation>
    </message>
    <message id="formula.in windows">
        <source>in windows</source>
        <translation>em janelas</translation>
    </message>
    <message id="formula.index">
        <source>index</source>
        <translation>índice</translation>
    </message>
    <message id="formula.inside">
        <source>inside</source>
        <translation>dentro</translation>
    </message>
    <message id="formula.interpolated">
        <source>interpolated</source>
        <translation>interpolado</translation>
    </message>
    <message id="formula.is a number">
        <source>is a number</source>
        <translation>é um número</translation>
    </message>
    <message id="formula.is finite">
        <source>is finite</source>
        <translation>é finito</translation>
    </message>
    <message id="formula.its layer of">
        <source>its layer of</source>
        <translation>a sua camada de</translation>
    </message>
    <message id="formula.its share of">
        <source>its share of</source>
        <translation>a sua parte de</translation>
    </message>
    <message id="formula.means of areas of">
        <source>means of areas of</source>
        <translation>médias de áreas de</translation>
    </message>
    <message id="formula.means of the nearest pixels of">
        <source>means of the nearest pixels of</source>
        <translation>médias dos pixels mais próximos de</translation>
    </message>
    <message id="formula.means of the nearest points of">
        <source>means of the nearest points of</source>
        <translation>médias dos pontos mais próximos de</translation>
    </message>
    <message id="formula.mirrored">
        <source>mirrored</source>
        <translation>espelhados</translation>
    </message>
    <message id="formula.more">
        <source>more</source>
        <translation>mais</translation>
    </message>
    <message id="formula.moved back">
        <source>moved back</source>
        <translation>movido de volta</translation>
    </message>
    <message id="formula.moved in a circle">
        <source>moved in a circle</source>
        <translation>movido em círculo</translation>
    </message>
    <message id="formula.moved towards">
        <source>moved towards</source>
        <translation>movido na direção de</translation>
    </message>
    <message id="formula.of what was taken there">
        <source>of what was taken there</source>
        <translation>do que foi tomado ali</translation>
    </message>
    <message id="formula.on its diagonal">
        <source>on its diagonal</source>
        <translation>em sua diagonal</translation>
    </message>
    <message id="formula.on the diagonal">
        <source>on the diagonal</source>
        <translation>na diagonal</translation>
    </message>
    <message id="formula.outputs">
        <source>outputs</source>
        <translation>saídas</translation>
    </message>
    <message id="formula.outside">
        <source>outside</source>
        <translation>fora</translation>
    </message>
    <message id="formula.outside of the part">
        <source>outside of the part</source>
        <translation>fora da parte</translation>
    </message>
    <message id="formula.outside of the slice">
        <source>outside of the slice</source>
        <translation>fora da fatia</translation>
    </message>
    <message id="formula.path">
        <source>path</source>
        <translation>caminho</translation>
    </message>
    <message id="formula.paths">
        <source>paths</source>
        <translation>caminhos</translation>
    </message>
    <message id="formula.pixels">
        <source>pixels</source>
        <translation>pixels</translation>
    </message>
    <message id="formula.places">
        <source>places</source>
        <translation>lugares</translation>
    </message>
    <message id="formula.plus">
        <source>plus</source>
        <translation>mais</translation>
    </message>
    <message id="formula.reduced with">
        <source>reduced with</source>
        <translation>reduzido com</translation>
    </message>
    <message id="formula.row">
        <source>row</source>
        <translation>linha</translation>
    </message>
    <message id="formula.rows">
        <source>rows</source>
        <translation>linhas</translation>
    </message>
    <message id="formula.segment">
        <source>segment</source>
        <translation>segmento</translation>
    </message>
    <message id="formula.start">
        <source>start</source>
        <translation>início</translation>
    </message>
    <message id="formula.step">
        <source>step</source>
        <translation>passo</translation>
    </message>
    <message id="formula.the diagonal of">
        <source>the diagonal of</source>
        <translation>a diagonal de</translation>
    </message>
    <message id="formula.the extreme of">
        <source>the extreme of</source>
        <translation>o extremo de</translation>
    </message>
    <message id="formula.the halves of">
        <source>the halves of</source>
        <translation>as metades de</translation>
    </message>
    <message id="formula.the inner part of">
        <source>the inner part of</source>
        <translation>a parte interna de</translation>
    </message>
    <message id="formula.the lower triangle of">
        <source>the lower triangle of</source>
        <translation>o triângulo inferior de</translation>
    </message>
    <message id="formula.the norm of">
        <source>the norm of</source>
        <translation>a norma de</translation>
    </message>
    <message id="formula.the part of">
        <source>the part of</source>
        <translation>a parte de</translation>
    </message>
    <message id="formula.the rows of">
        <source>the rows of</source>
        <translation>as linhas de</translation>
    </message>
    <message id="formula.the share of the paths through it">
        <source>the share of the paths through it</source>
        <translation>a parte dos caminhos que passam por ele</translation>
    </message>
    <message id="formula.the upper triangle of">
        <source>the upper triangle of</source>
        <translation>o triângulo superior de</translation>
    </message>
    <message id="formula.through each factor of the product">
        <source>through each factor of the product</source>
        <translation>através de cada fator do produto</translation>
    </message>
    <message id="formula.true">
        <source>true</source>
        <translation>verdadeiro</translation>
    </message>
    <message id="formula.turned back">
        <source>turned back</source>
        <translation>girado de volta</translation>
    </message>
    <message id="formula.turned by">
        <source>turned by</source>
        <translation>girado em</translation>
    </message>
    <message id="formula.turned round">
        <source>turned round</source>
        <translation>invertido</translation>
    </message>
    <message id="formula.under the mask">
        <source>under the mask</source>
        <translation>sob a máscara</translation>
    </message>
    <message id="formula.weight">
        <source>weight</source>
        <translation>peso</translation>
    </message>
    <message id="formula.where">
        <source>where</source>
        <translation>onde</translation>
    </message>
    <message id="formula.where it was overwritten">
        <source>where it was overwritten</source>
        <translation>onde foi sobrescrito</translation>
    </message>
    <message id="formula.where not">
        <source>where not</source>
        <translation>onde não</translation>
    </message>
    <message id="formula.where the mask is true">
        <source>where the mask is true</source>
        <translation>onde a máscara é verdadeira</translation>
    </message>
    <message id="formula.window">
        <source>window</source>
        <translation>janela</translation>
    </message>
    <message id="formula.windows">
        <source>windows</source>
        <translation>janelas</translation>
    </message>
    <message id="formula.windows of">
        <source>windows of</source>
        <translation>janelas de</translation>
    </message>
    <message id="formula.with">
        <source>with</source>
        <translation>com</translation>
    </message>
    <message id="formula.with a constant around it">
        <source>with a constant around it</source>
        <translation>com uma constante em volta</translation>
    </message>
    <message id="formula.with a dim of size">
        <source>with a dim of size</source>
        <translation>com uma dim de tamanho</translation>
    </message>
    <message id="formula.with a number at the indices">
        <source>with a number at the indices</source>
        <translation>com um número nos índices</translation>
    </message>
    <message id="formula.with channels laid out as pixels">
        <source>with channels laid out as pixels</source>
        <translation>com os canais dispostos como pixels</translation>
    </message>
    <message id="formula.with each pixel repeated">
        <source>with each pixel repeated</source>
        <translation>com cada pixel repetido</translation>
    </message>
    <message id="formula.with its border">
        <source>with its border</source>
        <translation>com a sua borda</translation>
    </message>
    <message id="formula.with its channels mixed">
        <source>with its channels mixed</source>
        <translation>com seus canais misturados</translation>
    </message>
    <message id="formula.with its channels put back">
        <source>with its channels put back</source>
        <translation>com seus canais de volta ao lugar</translation>
    </message>
    <message id="formula.with its dims in another order">
        <source>with its dims in another order</source>
        <translation>com as dims em outra ordem</translation>
    </message>
    <message id="formula.with its dims in the old order">
        <source>with its dims in the old order</source>
        <translation>com as dims na ordem antiga</translation>
    </message>
    <message id="formula.with its edge repeated around it">
        <source>with its edge repeated around it</source>
        <translation>com a borda repetida em volta</translation>
    </message>
    <message id="formula.with its mirror image around it">
        <source>with its mirror image around it</source>
        <translation>com a sua imagem espelhada em volta</translation>
    </message>
    <message id="formula.with numbers for NaN and Inf">
        <source>with numbers for NaN and Inf</source>
        <translation>com números no lugar de NaN e Inf</translation>
    </message>
    <message id="formula.with pixels laid out as channels">
        <source>with pixels laid out as channels</source>
        <translation>com os pixels dispostos como canais</translation>
    </message>
    <message id="formula.with the same dims exchanged">
        <source>with the same dims exchanged</source>
        <translation>com as mesmas dims trocadas</translation>
    </message>
    <message id="formula.with two dims exchanged">
        <source>with two dims exchanged</source>
        <translation>com duas dims trocadas</translation>
    </message>
    <message id="formula.without NaN">
        <source>without NaN</source>
        <translation>sem NaN</translation>
    </message>
    <message id="formula.without dims of size">
        <source>without dims of size</source>
        <translation>sem as dims de tamanho</translation>
    </message>
    <message id="formula.without padding">
        <source>without padding</source>
        <translation>sem o padding</translation>
    </message>
</context>
</TS>

import logintoken.apis.UserApi
import logintoken.infrastructure.ApiClient
import logintoken.infrastructure.ClientError
import logintoken.infrastructure.ClientException
import logintoken.infrastructure.Serializer
import logintoken.models.GetLoginTokenErrors

fun main(arguments: Array<String>) {
    ApiClient.apiKey["X-Api-Key"] = "sandbox-api-key"
    val user = UserApi(arguments[0])

    val login = user.getLoginToken(userIdentifier = "activeuser000000000000000000000000000000")
    println("${login.uuid} ${login.token} ${login.expiryDate}")
    try {
        user.getLoginToken()
    } catch (refused: ClientException) {
        val body = (refused.response as ClientError<*>).body as String
        Serializer.jacksonObjectMapper.readValue(body, GetLoginTokenErrors::class.java).errors.values.forEach {
            println("${it.code.value} ${it.message}")
        }
    }
}

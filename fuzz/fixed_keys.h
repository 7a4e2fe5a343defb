// The public halves of keys that signed the good_* files in corpus/tokens. The private halves were
// thrown away: no input can be signed anew.
#pragma once

#include <string_view>

namespace hubbub {

inline constexpr std::string_view kFixedIssuer = "https://id.example/realms/fuzz";

// What every one of those tokens says.
inline constexpr std::string_view kFixedPayload =
    R"({"iss":"https://id.example/realms/fuzz","sub":"u1","preferred_username":"alice","azp)"
    R"(":"ChatClient","iat":1767225600,"exp":4102444800,"realm_access":{"roles":["admin","m)"
    R"(ember"]}})";

// One RSA key of 2048 bits, one of P-256, of P-384 and of Ed25519.
inline constexpr std::string_view kFixedKeySet =
    R"({"keys":[{"kid":"r","use":"sig","kty":"RSA","n":"zzEe91yd3MJMsaHoWXn0y_3WPNBNm0EIyND)"
    R"(bm0z4Bdv9gVOAiZ-upcDcVnnMkfHrPMv3v-DdjhQAJDTEBoJA09C5SKGcBoTUNGsp8ZTvH8pbaCuI4K9d2L9)"
    R"(ZAOWAW5F39y9H27Pr82nqMzW8t_1Nq0UwI49zHv4gAEXdRV9XWNiQIecBe7CWX9r_VVdCKxNULX2Er_xYzyD)"
    R"(wBUAd_KV2NUPF6UFsMLDZE26AggBs8eXJp1G6RVFE6r7u6u7w7XO6F9imgcBwlYXHRa1kayOQdH1aNDnTrxK)"
    R"(4hwkHBSAWuwkueTiXOgIKNyhetsmE3fi15Gx9Of4tpR9uz8d0RtxiKw","e":"AQAB"},{"kid":"p256",")"
    R"(kty":"EC","crv":"P-256","x":"qyCby46msu2qswFV2Yg7VmBgpJQB1SOyzMMQnpPT5Ds","y":"6jeQS)"
    R"(rxH7zD90tGo_VWfR-aPINeF23NuwgaRX9EyiQ4"},{"kid":"p384","kty":"EC","crv":"P-384","x":)"
    R"("IlpZ2OvFIzfGsKibI2t2KMTx9t2G71Dn4-CwkU0KX77isOU5PrNbioDnqTosaTws","y":"NJFmy_Gm0KlP)"
    R"(UlGNJYuK3Mcm2Mu5vEgacQg-u4xB2opvL2M4kjKm_C0gqcHYaKL1"},{"kid":"ed","alg":"EdDSA","kt)"
    R"(y":"OKP","crv":"Ed25519","x":"Or4ShkSVZYnyMO0USSVC00Fmnu_njXiTSSJA9N7kdCc"}]})";

}  // namespace hubbub

// The most frequent characters that only one of the two Chinese scripts uses: some 400 of
// them make up nearly all by which texts in the two differ. What both use (後/后 and 后,
// 裏/里 and 里, 乾, 著) is no sign. By the table of general standard Chinese characters
// of 2013 (通用规范汉字表, annex 1).

#include "scripts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hezuo {
namespace {

/// Characters in order of code points, as the steps from one to the next: half the bytes
/// of the characters. A zero goes 255 further, to no character; the last leaves Han.
template <std::size_t size>
using Steps = std::array<std::uint8_t, size>;
constexpr char32_t before_first = 0x4DFF;

template <class Put>
constexpr void each_step(std::u16string_view set, Put put) {
  char32_t at = before_first;
  for (const char32_t c : set) {
    for (; c - at > 255; at += 255) put(0);
    put(c - at);
    at = c;
  }
  put(0);
}
consteval std::size_t count_steps(std::u16string_view set) {
  std::size_t count = 0;
  each_step(set, [&](char32_t) { ++count; });
  return count;
}
template <std::size_t size>
consteval Steps<size> steps_of(std::u16string_view set) {
  Steps<size> steps{};
  std::size_t at = 0;
  each_step(set, [&](char32_t step) { steps[at++] = static_cast<std::uint8_t>(step); });
  return steps;
}

constexpr std::u16string_view only_traditional =
    u"並佈來係個們倫偉側傑備傳債傷傾僅價儀億償優兒內兩冊凍凱別則剛創劃劇劉勁動務勝勞勢"
    u"勳勵區協卻參吳呂員問啟喚喪喬單國圍園圖團執堅報場塊墳壇壓壯壽夢夾奧奪奮婦媽孫學實"
    u"寧審寫寬將專尋對導層屬島峽嶺巖帥師帶幣幫幹幾庫廠廢廣廳張強彈徑從徹恆悅惡愛態慣慮"
    u"慶憲憶應懷戰戲戶拋揚換損撐撥撫擁擇擊擔據擬擴擺攜攝攤敗敵數斷時暫曆曉書會東條業極"
    u"榮構槍樂樓標樣樹橋機橫檔檢櫃權歐歲歷歸殘殺氣決沒況測湯溝滅滲滿漁漢漲漸潔澤濃濕濟"
    u"濱灣災為烏無煙熱燈燒營爐爭爺牆牽狀猶獅獎獨獲獻現瑪環瓊產畫異當瘋療癒發盜盡監盤眾"
    u"矚碼磚礎禍禪禮種稱穀積穩窩窮竊競筆節範築簡簽籃籌糧糾紀約紅純紙級紛紡細紹終組結絕"
    u"絡給統絲經綜綠維綱網緊緒線緣編緩緯練縣縮縱總績織繞繪繼續罰羅義習聖聞聯聲職聽膚臟"
    u"與興舉舊艱華萬葉蕭薩藝藥蘇蘭處虛號蟲術衛衝補裝裡製複襲見視親覺覽觀觸訂計討訓記訪"
    u"設許訴診評詞詢試詩話該詳認語誠誤說課調談請論諸諾謀謝證識譜譯議護讀變讓讚豐貝負財"
    u"貧貨販貫責貴買費貿賃資賓賞賣賦質賴賺購賽贈贊贏趕趨跡踐躍車軌軍軟較載輔輕輛輝輪輯"
    u"輸轄轉轟辦辭農這連進運過達遙遞遠適遲選遺邁還邊郵鄉鄧鄭鄰醞醫釀釋針鈔銀鋒鋪鋼錄錢"
    u"錦錯鎖鎮鏈鏡鐘鐵鑒鑽長門閃閉開閒間閣閱闊關闡陝陣陰陳陸陽隊階際隨險雖雙雜雞離難雲"
    u"電霧靈靜韓韻響頁頂項順須預頓頗領頭頻顆題願類顧顯風飄飛飯飲飾養館馬駐駕騎騰驅驗驚"
    u"驟體髮鬥鬧魚魯鮮鳥鳳鹽麗麥麼點黨齊齒齡龍龐";
constexpr std::u16string_view only_simplified =
    u"专业东丝两丧为丽举义乌乐乔习乡书买争产亲亿仅从仪们价众优会伟传伤伦体侧债倾偿儿党"
    u"兰关兴养内册写军农决况冻凤凯击划刘则刚创别剧办务动励劲劳势勋区医华协单卖卫却厂厅"
    u"压县参双变号吕听启吴员响唤团园围国图圣场块坚坛坟墙壮声处备复头夹夺奋奖奥妇妈孙学"
    u"宁实审宪宽宾对寻导寿将层属岁岛岭峡币帅师带帮广庆库应庞废开异张弹强归当录彻径忆怀"
    u"态总恶悦惊惯愿戏战户执扩扬抚抛护报担拟拥拨择损换据携摄摆摊撑敌数断无旧时显晓暂机"
    u"杀杂权条来极构枪柜标树样档桥梦检楼横欧残汉汤沟没泽洁测济浓涨渐渔渗湾湿满滨灭灯灵"
    u"灾炉点烟烧热爱爷牵状犹独狮献玛环现琼电画疗疯盐监盗盘瞩码砖础礼祸禅离积称稳穷窃窝"
    u"竞笔筹签简篮类粮紧纠红约级纪纬纯纲纵纷纸纺线练组细织终绍经结绕绘给络绝统继绩绪续"
    u"维综绿缓编缘缩网罗罚职联肤脏腾艰艺节苏荣药获营萧萨虑虚虫虽补袭装见观视览觉触计订"
    u"认讨让训议记许论设访证评识诉诊词译试诗诚话询该详语误说请诸诺读课调谈谋谢谱贝负财"
    u"责败货质贩贫购贯贵贸费赁资赋赏赖赚赛赞赠赢赶趋跃践车轨转轮软轰轻载较辅辆辉辑输辖"
    u"辞边达过迈运还这进远连迟适选递遗遥邓邮邻郑酝酿释鉴针钞钢钱钻铁银铺链锁锋错锦镇镜"
    u"长门闪闭问间闹闻阁阅阐阔队阳阴阵阶际陆陈陕险随难雾静韩韵页顶项顺须顾顿预领颇频颗"
    u"题风飘飞饭饮饰馆马驱驻驾验骑骤鱼鲁鲜鸟鸡麦齐齿龄龙";

}  // namespace

bool is_of_other_script(char32_t c, bool simplified) noexcept {
  static constexpr auto traditional_steps =
      steps_of<count_steps(only_traditional)>(only_traditional);
  static constexpr auto simplified_steps =
      steps_of<count_steps(only_simplified)>(only_simplified);
  if (c >= 0xA000) return false;
  const auto* step = simplified ? traditional_steps.data() : simplified_steps.data();
  for (char32_t at = before_first; at < c; ++step) {
    at += *step == 0 ? 255 : *step;
    if (at == c) return *step != 0;
  }
  return false;
}

}  // namespace hezuo
